#include "ledger/key_folder.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <system_error>

#include "base/bytes.h"
#include "base/diagnostics.h"
#include "base/file.h"
#include "base/is_there.h"
#include "base/random.h"
#include "base/secret_file.h"

namespace liggare::ledger {
namespace {

namespace fs = std::filesystem;

Result<merkle::SigningKey> read_key(const fs::path& file) {
  LIGGARE_TRY(const SecretText secret, read_secret_file(file));
  auto key = merkle::SigningKey::parse(secret.line());
  if (!key) return fail(ErrorCode::corrupt, file.string() + " holds no signing key");
  return key;
}

// Replacing is writing beside it first: a key's file is whole, or not there.
Result<merkle::SigningKey> write_key(const fs::path& file, const std::string& origin) {
  const SecretKey seed = random_key();
  merkle::SigningKey key(origin, merkle::KeyType::ed25519, seed);
  const SecretText secret(key.secret_text() + "\n");
  LIGGARE_CHECK(replace_file(file, secret.view(), Readers::owner));
  return key;
}

Result<void> rename_file(const fs::path& from, const fs::path& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) return system_failure("cannot rename", from);
  return sync_folder(to.parent_path());
}

}  // namespace

Result<void> KeyFolder::make_signing_key(const std::string& origin) const {
  if (is_there(key_) || is_there(signed_)) {
    return fail(ErrorCode::invalid_argument, key_.string() + " or " + signed_.filename().string() +
                                                 " is there already; nothing was changed");
  }
  LIGGARE_TRY(const merkle::SigningKey key, write_key(key_, origin));
  return write_new_file(signed_, merkle::LastSigned{key.verifier(), std::nullopt}.text(),
                        Readers::owner);
}

Result<merkle::SigningKey> KeyFolder::signing_key() const { return read_key(key_); }

Result<std::vector<RetiredKey>> KeyFolder::retired_keys() const {
  std::vector<RetiredKey> keys;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder_, error)) {
    if (!entry.path().filename().string().starts_with(retired_prefix_)) continue;
    LIGGARE_TRY(auto key, read_key(entry.path()));
    keys.push_back({entry.path(), std::move(key)});
  }
  if (error) return fail(ErrorCode::io, folder_.string() + ": " + error.message());
  std::sort(keys.begin(), keys.end(),
            [](const RetiredKey& left, const RetiredKey& right) { return left.file < right.file; });
  return keys;
}

Result<merkle::LastSigned> KeyFolder::last_signed() const {
  LIGGARE_TRY(const std::string text, read_file(signed_));
  auto last = merkle::LastSigned::parse(text);
  if (!last)
    return fail(last.error().code, signed_.filename().string() + ": " + last.error().message);
  return last;
}

Result<void> KeyFolder::remember(const merkle::LastSigned& newest) const {
  return replace_file(signed_, newest.text(), Readers::owner);
}

Result<merkle::SigningKey> KeyFolder::prepare_successor(const std::string& origin) const {
  LIGGARE_CHECK(drop_successor());
  return write_key(next_, origin);
}

Result<std::optional<merkle::SigningKey>> KeyFolder::successor() const {
  if (!is_there(next_)) return std::optional<merkle::SigningKey>();
  auto key = read_key(next_);
  if (key) return std::optional(*std::move(key));
  if (key.error().code != ErrorCode::corrupt) return Unexpected{key.error()};
  diagnostics::warn(key.error().message + "; it is left out");
  return std::optional<merkle::SigningKey>();
}

Result<void> KeyFolder::install_successor() const {
  if (is_there(key_)) {
    LIGGARE_TRY(const merkle::SigningKey old, signing_key());
    std::string id;
    put_u32(id, old.verifier().id());
    const std::string name = retired_prefix_ + to_hex(id) + ".key";
    LIGGARE_CHECK(rename_file(key_, folder_ / name));
  }
  return rename_file(next_, key_);
}

Result<void> KeyFolder::drop_successor() const {
  std::error_code error;
  fs::remove(next_, error);
  if (error) return fail(ErrorCode::io, folder_.string() + ": " + error.message());
  return {};
}

Result<FileDescriptor> KeyFolder::lock() const {
  LIGGARE_TRY(auto folder, lock_folder(folder_));
  struct stat status {};
  if (::fstat(folder.number(), &status) != 0) return system_failure("cannot examine", folder_);
  if ((status.st_mode & 0077) == 0) return folder;
  return fail(ErrorCode::io,
              folder_.string() + " must be its owner's alone (chmod 700); nothing was signed");
}

Unexpected<Error> nothing_shows_the_last(const Error& missing) {
  return fail(ErrorCode::not_found,
              missing.message +
                  "; without it nobody knows what was signed last, so nothing is signed. Put it "
                  "back, or name the newest checkpoint that left the machine with --signed FILE");
}

}  // namespace liggare::ledger
