// Lines of a file or of standard input, plain or compressed (gzip, Zstandard), told by content.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace liggare::codec {

// Undoes a compression; made by TextInput.
class Decoder;

class TextInput {
 public:
  struct Line {
    std::uint64_t number = 1;      // 1-based.
    std::string text;              // Without its line feed; cut off at `kept_bytes_max`.
    std::uint64_t size_bytes = 0;  // Whole, without its line feed.
  };

  // A longer line is still counted in size_bytes, so that memory stays bounded.
  static constexpr std::size_t kept_bytes_max = 1U << 20U;

  // `path` "-" is standard input. not_found, or io where it is a directory or can't be read.
  static Result<std::unique_ptr<TextInput>> open(const std::string& path);
  ~TextInput();
  TextInput(const TextInput&) = delete;
  TextInput& operator=(const TextInput&) = delete;

  // The next line; nothing at the end. io when reading fails, invalid_argument when compressed
  // data are damaged or end early.
  Result<std::optional<Line>> next();

  // Bytes read from the file so far, as stored; for progress.
  std::uint64_t bytes_read() const { return bytes_read_; }
  // Of the whole file; nothing where it has no size (a pipe).
  std::optional<std::uint64_t> size_bytes() const { return size_bytes_; }

 private:
  TextInput(int file, std::string name, std::optional<std::uint64_t> size_bytes);

  Result<void> detect();
  // Puts more text into buffer_; false at the end.
  Result<bool> fill();
  // Moves what raw_ holds to buffer_, or as much as a decoder gives at a time.
  Result<void> decode();
  Result<bool> read_raw();

  int file_;
  std::string name_;
  std::optional<std::uint64_t> size_bytes_;
  std::uint64_t bytes_read_ = 0;
  std::uint64_t line_number_ = 0;
  std::string raw_;     // Read and not decoded yet.
  std::string buffer_;  // Decoded and not given yet, from buffer_at_ on.
  std::size_t buffer_at_ = 0;
  bool raw_ended_ = false;
  std::unique_ptr<Decoder> decoder_;
};

}  // namespace liggare::codec
