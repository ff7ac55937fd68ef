// Standard output: buffered, and every failure to write is seen.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace liggare::tools {

class Output {
 public:
  // Does not own `file`.
  explicit Output(int file) : file_(file) {}
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  // io when the disk is full or the reader has gone.
  Result<void> write(std::string_view text);
  Result<void> flush();

  bool is_terminal() const;
  // Whether a write failed because nobody reads any more: a reason to stop, not to complain.
  bool reader_left() const { return reader_left_; }
  // Waits up to `milliseconds`; false as soon as nobody reads any more.
  bool reader_stays(int milliseconds);

 private:
  int file_;
  std::string buffer_;
  bool reader_left_ = false;
};

}  // namespace liggare::tools
