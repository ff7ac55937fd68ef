#include "base/secret_file.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <utility>

#include "base/file_descriptor.h"
#include "base/secret.h"

namespace liggare {
namespace {

// No key is longer, with whatever stands around it.
constexpr std::size_t secret_bytes_max = 4'096;

}  // namespace

SecretText::SecretText(SecretText&& other) noexcept : text_(other.text_) {
  // A short text lies within the string itself: moving would leave it behind.
  wipe(other.text_.data(), other.text_.size());
  other.text_.clear();
}

SecretText::~SecretText() { wipe(text_.data(), text_.size()); }

std::string_view SecretText::line() const {
  std::string_view line = text_;
  if (line.ends_with('\n')) line.remove_suffix(1);
  return line;
}

Result<SecretText> read_secret_file(const std::filesystem::path& path) {
  LIGGARE_TRY(const auto file, FileDescriptor::open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK));
  struct stat status {};
  if (::fstat(file.number(), &status) != 0) return system_failure("cannot examine", path);
  if (!S_ISREG(status.st_mode) || (status.st_mode & 0077) != 0) {
    return fail(ErrorCode::io,
                path.string() + " must be a plain file and its owner's alone (chmod 600)");
  }
  LIGGARE_TRY(std::string text, read_beginning(file, path, secret_bytes_max));
  return SecretText(std::move(text));
}

}  // namespace liggare
