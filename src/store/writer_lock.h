// DIR/lock: held by the one process that writes, with its process id as text inside.
//
// The operating system lets go of it when the holder ends, however it ends; the file stays.
#pragma once

#include <filesystem>

#include "base/file_descriptor.h"

namespace liggare::store {

class WriterLock {
 public:
  // busy, naming the holder's process id, where another writer has it (also in this process).
  static Result<WriterLock> take(const std::filesystem::path& file);

  // Whether a writer is alive just now. Takes nothing and disturbs no one.
  static bool is_held(const std::filesystem::path& file);

  // Whether `file` is still the file that was locked, and nobody has put another in its place.
  bool holds(const std::filesystem::path& file) const;

  WriterLock(WriterLock&&) noexcept = default;
  WriterLock& operator=(WriterLock&&) = delete;
  ~WriterLock();

 private:
  explicit WriterLock(FileDescriptor descriptor) : descriptor_(std::move(descriptor)) {}
  FileDescriptor descriptor_;
};

}  // namespace liggare::store
