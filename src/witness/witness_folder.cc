#include "witness/witness_folder.h"

#include <algorithm>
#include <system_error>

#include "base/file.h"
#include "base/secret_file.h"

namespace liggare::witness {
namespace {

std::filesystem::path key_file(const std::filesystem::path& folder) {
  return folder / "witness.key";
}
std::filesystem::path logs_file(const std::filesystem::path& folder) { return folder / "logs"; }
std::filesystem::path state_folder(const std::filesystem::path& folder) { return folder / "state"; }

Result<void> write_logs(const std::filesystem::path& folder,
                        const std::vector<merkle::VerifierKey>& keys) {
  std::string text;
  for (const merkle::VerifierKey& key : keys) text += key.text() + "\n";
  return replace_file(logs_file(folder), text, Readers::everyone);
}

Result<merkle::SigningKey> read_key(const std::filesystem::path& folder) {
  LIGGARE_TRY(const SecretText secret, read_secret_file(key_file(folder)));
  auto key = merkle::SigningKey::parse(secret.line());
  if (!key) return fail(ErrorCode::corrupt, key_file(folder).string() + " holds no signing key");
  return key;
}

}  // namespace

Result<void> WitnessFolder::create(const std::string& name, const SecretKey& seed) const {
  if (!merkle::is_key_name(name)) {
    return fail(ErrorCode::invalid_argument,
                "a witness's name is a URL without its scheme, such as witness.example.org/w1");
  }
  std::error_code error;
  std::filesystem::create_directories(state_folder(folder), error);
  if (error) return fail(ErrorCode::io, folder.string() + ": " + error.message());
  const merkle::SigningKey key(name, merkle::KeyType::cosignature_v1, seed);
  const SecretText secret(key.secret_text() + "\n");
  // The list first: a folder with a key is a witness.
  LIGGARE_CHECK(write_logs(folder, {}));
  return write_new_file(key_file(folder), secret.view(), Readers::owner);
}

bool WitnessFolder::exists() const {
  std::error_code ignored;
  return std::filesystem::exists(key_file(folder), ignored);
}

Result<std::vector<merkle::VerifierKey>> WitnessFolder::logs() const {
  LIGGARE_TRY(const std::string text, read_file(logs_file(folder)));
  std::vector<merkle::VerifierKey> keys;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    auto key = merkle::VerifierKey::parse(std::string_view(text).substr(start, end - start));
    if (!key) {
      return fail(ErrorCode::corrupt, logs_file(folder).string() + ": " + key.error().message);
    }
    keys.push_back(*std::move(key));
    start = end + 1;
  }
  return keys;
}

Result<void> WitnessFolder::add_logs(const std::vector<merkle::VerifierKey>& keys) const {
  LIGGARE_TRY(auto known, logs());
  for (const merkle::VerifierKey& key : keys) {
    const bool is_new = std::none_of(known.begin(), known.end(),
                                     [&](const auto& other) { return other.name == key.name; });
    if (is_new) {
      const auto begun = Witness::begin(state_folder(folder), {key.name});
      // Its memory is there where an earlier call ended before it wrote the list.
      if (!begun && begun.error().code != ErrorCode::invalid_argument) return begun;
    }
    if (std::find(known.begin(), known.end(), key) == known.end()) known.push_back(key);
  }
  return write_logs(folder, known);
}

Result<std::unique_ptr<Witness>> WitnessFolder::open(const Clock& clock) const {
  LIGGARE_TRY(auto key, read_key(folder));
  LIGGARE_TRY(auto known, logs());
  return Witness::open({state_folder(folder), std::move(key), std::move(known)}, clock);
}

}  // namespace liggare::witness
