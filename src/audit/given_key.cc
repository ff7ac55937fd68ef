#include "audit/given_key.h"

#include <filesystem>
#include <system_error>

#include "base/file.h"

namespace liggare::audit {
namespace {

bool names_a_file(const std::string& given) {
  std::error_code failed;
  return std::filesystem::exists(given, failed);
}

Result<merkle::VerifierKey> read(const std::string& given) {
  if (!given.starts_with('@')) return merkle::VerifierKey::parse(given);
  LIGGARE_TRY(const std::string text, read_file_or_pipe(given.substr(1)));
  return merkle::parse_key_file(text);
}

}  // namespace

Result<void> check_given_key(std::string_view option, const std::string& given) {
  const std::string name(option);
  if (given.empty() || given == "@") {
    return fail(ErrorCode::invalid_argument, name + " takes a verifier key or @FILE");
  }
  if (given.starts_with('@')) return {};
  // A key has two plus signs; a file's name may have them too.
  if (given.find('+') != std::string::npos && !names_a_file(given)) return {};
  return fail(ErrorCode::invalid_argument,
              given + " is no key; to read one from that file write " + name + " @" + given);
}

Result<merkle::VerifierKey> read_given_key(std::string_view option, const std::string& given) {
  LIGGARE_CHECK(check_given_key(option, given));
  auto key = read(given);
  if (key) return key;
  // The text of a key is not told again: it may be a secret one, given by mistake.
  const std::string file = given.starts_with('@') ? " " + given : std::string();
  return fail(key.error().code, std::string(option) + file + ": " + key.error().message);
}

}  // namespace liggare::audit
