// Bytes put aside on disk while a process works on them.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/file_descriptor.h"
#include "base/result.h"

namespace liggare {

// A file without a name, which is gone when it is closed, however the process ends. Never durable.
class ScratchFile {
 public:
  // On the disk of `folder`, which must be there. io.
  static Result<std::unique_ptr<ScratchFile>> open(const std::filesystem::path& folder);

  // Where the bytes stand then, for read(). io, a full disk among it. Thread-safe.
  Result<std::uint64_t> append(std::string_view bytes);
  // Requires bytes that append() put there. Thread-safe.
  Result<std::string> read(std::uint64_t offset, std::size_t size) const;

 private:
  ScratchFile(FileDescriptor file, std::filesystem::path folder)
      : file_(std::move(file)), folder_(std::move(folder)) {}

  FileDescriptor file_;
  std::filesystem::path folder_;
  std::atomic<std::uint64_t> end_ = 0;
};

}  // namespace liggare
