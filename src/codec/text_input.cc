#include "codec/text_input.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "codec/decoder.h"

namespace liggare::codec {
namespace {

Unexpected<Error> failed(const std::string& name, int error) {
  const ErrorCode code = error == ENOENT ? ErrorCode::not_found : ErrorCode::io;
  return fail(code, name + ": " + std::strerror(error));
}

}  // namespace

TextInput::TextInput(int file, std::string name, std::optional<std::uint64_t> size_bytes)
    : file_(file), name_(std::move(name)), size_bytes_(size_bytes) {}

TextInput::~TextInput() {
  if (file_ != STDIN_FILENO) ::close(file_);
}

Result<std::unique_ptr<TextInput>> TextInput::open(const std::string& path) {
  const bool is_standard_input = path == "-";
  const int file = is_standard_input ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return failed(path, errno);
  struct stat status {};
  if (::fstat(file, &status) != 0) return failed(path, errno);
  std::optional<std::uint64_t> size;
  if (S_ISREG(status.st_mode)) size = static_cast<std::uint64_t>(status.st_size);
  std::unique_ptr<TextInput> input(
      new TextInput(file, is_standard_input ? "standard input" : path, size));
  if (S_ISDIR(status.st_mode)) return failed(path, EISDIR);
  LIGGARE_CHECK(input->detect());
  return input;
}

Result<bool> TextInput::read_raw() {
  if (raw_ended_) return false;
  std::array<char, 64 * 1024> piece;
  ssize_t count = 0;
  do {
    count = ::read(file_, piece.data(), piece.size());
  } while (count < 0 && errno == EINTR);
  if (count < 0) return failed(name_, errno);
  if (count == 0) {
    raw_ended_ = true;
    return false;
  }
  raw_.append(piece.data(), static_cast<std::size_t>(count));
  bytes_read_ += static_cast<std::uint64_t>(count);
  return true;
}

Result<void> TextInput::detect() {
  constexpr std::size_t magic_bytes = 4;
  while (raw_.size() < magic_bytes) {
    LIGGARE_TRY(const bool more, read_raw());
    if (!more) break;
  }
  decoder_ = decoder_for(raw_);
  return {};
}

Result<bool> TextInput::fill() {
  buffer_.erase(0, buffer_at_);
  buffer_at_ = 0;
  const std::size_t before = buffer_.size();
  while (true) {
    LIGGARE_CHECK(decode());
    if (buffer_.size() != before) return true;
    if (!raw_.empty()) continue;
    LIGGARE_TRY(const bool more, read_raw());
    if (more) continue;
    if (decoder_ == nullptr || decoder_->is_complete()) return false;
    return fail(ErrorCode::io, name_ + ": compressed data end too early");
  }
}

Result<void> TextInput::decode() {
  if (decoder_ == nullptr) {
    buffer_ += raw_;
    raw_.clear();
    return {};
  }
  std::string_view left = raw_;
  if (auto decoded = decoder_->decode(left, buffer_); !decoded) {
    return fail(decoded.error().code, name_ + ": " + decoded.error().message);
  }
  raw_.erase(0, raw_.size() - left.size());
  return {};
}

Result<std::optional<TextInput::Line>> TextInput::next() {
  Line line;
  bool any = false;
  while (true) {
    const std::size_t feed = buffer_.find('\n', buffer_at_);
    const std::size_t end = std::min(feed, buffer_.size());
    const std::size_t size = end - buffer_at_;
    any = any || size > 0 || feed != std::string::npos;
    line.size_bytes += size;
    line.text.append(buffer_, buffer_at_, std::min(size, kept_bytes_max - line.text.size()));
    buffer_at_ = end;
    if (feed != std::string::npos) {
      ++buffer_at_;
      break;
    }
    LIGGARE_TRY(const bool more, fill());
    if (!more) break;
  }
  if (!any) return std::optional<Line>();
  line.number = ++line_number_;
  return std::optional<Line>(std::move(line));
}

}  // namespace liggare::codec
