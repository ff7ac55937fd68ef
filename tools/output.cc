#include "tools/output.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace liggare::tools {
namespace {

constexpr std::size_t buffer_bytes_max = 64 * 1024;

}  // namespace

Result<void> Output::write(std::string_view text) {
  buffer_ += text;
  if (buffer_.size() < buffer_bytes_max) return {};
  return flush();
}

Result<void> Output::flush() {
  std::string_view left = buffer_;
  while (!left.empty()) {
    const ssize_t written = ::write(file_, left.data(), left.size());
    if (written >= 0) {
      left.remove_prefix(static_cast<std::size_t>(written));
      continue;
    }
    if (errno == EINTR) continue;
    reader_left_ = errno == EPIPE;
    const std::string reason = std::generic_category().message(errno);
    buffer_.clear();
    return fail(ErrorCode::io, "the answer could not be written to standard output: " + reason +
                                   "; what the command did stands");
  }
  buffer_.clear();
  return {};
}

bool Output::is_terminal() const { return ::isatty(file_) == 1; }

bool Output::reader_stays(int milliseconds) {
  pollfd watched{file_, 0, 0};
  if (::poll(&watched, 1, milliseconds) > 0) reader_left_ = true;
  return !reader_left_;
}

}  // namespace liggare::tools
