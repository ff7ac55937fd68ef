// Bytes put aside on disk while a process works on them.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "base/file_descriptor.h"
#include "base/result.h"

namespace liggare {

// A file without a name, which is gone once it is closed, however the process ends. Never durable.
class ScratchFile {
 public:
  // Where bytes stand, and how they are known again.
  struct Piece {
    std::uint64_t offset = 0;
    std::size_t size = 0;
    std::uint32_t crc32c = 0;
  };

  // On the disk of `folder`, in which nobody else opens one just then. not_found where there is no
  // such folder, else io.
  static Result<std::unique_ptr<ScratchFile>> open(const std::filesystem::path& folder);

  // Thread-safe. io, a full disk among it.
  Result<Piece> append(std::string_view bytes);
  // What append() was given. io where the disk gives back anything else. Thread-safe.
  Result<std::string> read(const Piece& piece) const;

 private:
  ScratchFile(FileDescriptor file, std::filesystem::path folder)
      : file_(std::move(file)), folder_(std::move(folder)) {}

  FileDescriptor file_;
  std::filesystem::path folder_;
  std::atomic<std::uint64_t> end_ = 0;
};

}  // namespace liggare
