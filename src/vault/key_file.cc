#include "vault/key_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <system_error>
#include <utility>

#include "base/bytes.h"
#include "base/file.h"
#include "base/random.h"
#include "base/sha256.h"

namespace liggare::vault {
namespace {

Result<void> check_protection(const FileDescriptor& file, const std::filesystem::path& path) {
  struct stat status {};
  if (::fstat(file.number(), &status) != 0) return system_failure("cannot examine", path);
  if (!S_ISREG(status.st_mode)) {
    return fail(ErrorCode::vault_unavailable, "key file " + path.string() + " is no regular file");
  }
  if ((status.st_mode & 07777) != 0600) {
    return fail(ErrorCode::vault_unavailable,
                "key file " + path.string() + " must have mode 0600 (chmod 600)");
  }
  if (status.st_size != static_cast<off_t>(key_bytes)) {
    return fail(ErrorCode::vault_unavailable, "key file " + path.string() + " must hold 32 bytes");
  }
  return {};
}

}  // namespace

std::string fingerprint_of(const KeyEncryptionKey& key) {
  const Hash hash = sha256({"liggare/vault/key/v1", key.key.view()});
  return to_hex(hash.view().substr(0, 16));
}

Result<KeyEncryptionKey> read_key_file(const std::filesystem::path& path) {
  auto file = FileDescriptor::open(path, O_RDONLY | O_NONBLOCK);
  if (!file) return fail(ErrorCode::vault_unavailable, "key file: " + file.error().message);
  LIGGARE_CHECK(check_protection(*file, path));
  KeyEncryptionKey read;
  // A regular file gives all its bytes at once, short of a signal or an error.
  const ssize_t count = ::read(file->number(), read.key.data(), key_bytes);
  if (count != static_cast<ssize_t>(key_bytes)) return system_failure("cannot read", path);
  return read;
}

// Under its name only once it is whole: half a key would be in the way of every later change.
Result<void> make_key_file(const std::filesystem::path& path) {
  std::error_code ignored;
  if (std::filesystem::exists(std::filesystem::symlink_status(path, ignored))) {
    return fail(ErrorCode::invalid_argument, path.string() + " exists already");
  }
  return replace_file(path, random_key().view(), Readers::owner);
}

}  // namespace liggare::vault
