// An open file of the operating system, closed when it goes out of scope.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"

namespace liggare {

class FileDescriptor {
 public:
  // `flags` as open(2) takes them; a file that is made gets `mode`, less the process's umask.
  // not_found where there is no such file, else io with the system's reason.
  static Result<FileDescriptor> open(const std::filesystem::path& file, int flags,
                                     mode_t mode = 0644);

  FileDescriptor(FileDescriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~FileDescriptor();

  int number() const { return number_; }

 private:
  explicit FileDescriptor(int number) : number_(number) {}
  int number_;
};

// The error for the call that has just failed, with errno's reason: "<what> <file>: <reason>".
Unexpected<Error> system_failure(std::string_view what, const std::filesystem::path& file);

// Up to `size_max` bytes from the file's beginning.
Result<std::string> read_beginning(const FileDescriptor& descriptor,
                                   const std::filesystem::path& file, std::size_t size_max);

}  // namespace liggare
