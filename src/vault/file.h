// The vault's files: read whole, created once, durable and closed to others.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace liggare::vault {

// An open file; closes itself.
class File {
 public:
  // `flags` as for open(2); O_CLOEXEC is added. A created file has mode 0600 at most.
  static Result<File> open(const std::filesystem::path& path, int flags);
  File(File&& other) noexcept;
  File& operator=(File&&) = delete;
  ~File();

  int descriptor() const { return descriptor_; }

 private:
  explicit File(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

Result<std::string> read_file(const std::filesystem::path& path);
// Refuses a `path` that exists (invalid_argument). Readable and writable by the owner alone, and
// durable once it returns.
Result<void> write_new_file(const std::filesystem::path& path, std::string_view bytes);
// Makes names created, renamed or removed in `folder` durable.
Result<void> sync_folder(const std::filesystem::path& folder);

// io, with what the system says (errno) about `path`.
Unexpected<Error> system_failure(const char* what, const std::filesystem::path& path);

}  // namespace liggare::vault
