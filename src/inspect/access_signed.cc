#include "inspect/access_signed.h"

#include <algorithm>

#include "base/file.h"
#include "merkle/last_signed.h"

namespace liggare::inspect {
namespace {

constexpr const char* signer_file = "SIGNED.access";

Result<std::optional<merkle::LastSigned>> read_signer(const std::filesystem::path& keys) {
  if (keys.empty()) return std::optional<merkle::LastSigned>();
  const auto text = read_file(keys / signer_file);
  // A ledger that was made before access logs had a key has none; and who verifies need not be one
  // who may read what lies beside keys.
  if (!text) return std::optional<merkle::LastSigned>();
  auto last = merkle::LastSigned::parse(*text);
  if (!last) return fail(last.error().code, std::string(signer_file) + ": " + last.error().message);
  return std::optional(*std::move(last));
}

Unexpected<Error> refused(const std::string& name, const std::string& why) {
  return fail(ErrorCode::invalid_argument, name + ": " + why);
}

Result<SignedYear> open_given(const GivenCheckpoint& given, merkle::VerifierKey key,
                              const std::string& origin) {
  const auto note = merkle::SignedNote::parse(given.note);
  if (!note) return refused(given.name, note.error().message);
  const auto claimed = merkle::Checkpoint::parse(note->text);
  if (!claimed) return refused(given.name, claimed.error().message);
  const auto year = access_year_of(origin, claimed->origin);
  if (!year) {
    return refused(given.name,
                   "of " + claimed->origin + ", no year of the access log of " + origin);
  }
  key.name = claimed->origin;  // One key pair signs every year, under that year's name.
  const auto checkpoint = merkle::open_checkpoint(*note, key);
  if (!checkpoint) return refused(given.name, checkpoint.error().message);
  return SignedYear{given.name, *year, checkpoint->head};
}

}  // namespace

std::optional<int> access_year_of(const std::string& origin, const std::string& name) {
  const std::string prefix = origin + "/access/";
  if (!name.starts_with(prefix)) return std::nullopt;
  const std::string digits = name.substr(prefix.size());
  constexpr std::size_t year_digits = 4;
  const bool is_year = digits.size() == year_digits &&
                       std::all_of(digits.begin(), digits.end(),
                                   [](char digit) { return digit >= '0' && digit <= '9'; });
  if (!is_year) return std::nullopt;
  return std::stoi(digits);
}

Result<std::vector<SignedYear>> read_signed_years(const SignedYearsOrder& order) {
  std::vector<SignedYear> years;
  LIGGARE_TRY(const auto signer, read_signer(order.keys));
  if (signer && signer->note) {
    const auto year = access_year_of(order.origin, signer->key.name);
    if (!year) {
      return fail(ErrorCode::corrupt, std::string(signer_file) + " is of " + signer->key.name +
                                          ", no year of the access log of " + order.origin);
    }
    LIGGARE_TRY(const auto head, signer->head());
    years.push_back({signer_file, *year, head});
  }
  if (order.given.empty()) return years;
  if (!order.key && !signer) {
    return fail(ErrorCode::invalid_argument,
                "a checkpoint of the access log is checked with its key, and there is none to be "
                "read: give it");
  }
  const merkle::VerifierKey key = order.key ? *order.key : signer->key;
  for (const GivenCheckpoint& given : order.given) {
    LIGGARE_TRY(auto opened, open_given(given, key, order.origin));
    years.push_back(std::move(opened));
  }
  return years;
}

}  // namespace liggare::inspect
