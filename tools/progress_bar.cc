#include "tools/progress_bar.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

namespace liggare::tools {
namespace {

constexpr std::size_t bar_columns = 30;

bool terminal_can_redraw() {
  const char* terminal = std::getenv("TERM");
  return ::isatty(STDERR_FILENO) == 1 && terminal != nullptr &&
         std::string_view(terminal) != "dumb";
}

void write_to_terminal(std::string_view text) {
  // A bar that can't be drawn is no reason to stop the work.
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, text.data(), text.size());
}

}  // namespace

std::string progress_text(std::uint64_t done, std::optional<std::uint64_t> total,
                          std::chrono::milliseconds elapsed, std::string_view note) {
  if (!total || *total == 0) return std::string(note);
  const double share = std::min(1.0, static_cast<double>(done) / static_cast<double>(*total));
  const auto filled = static_cast<std::size_t>(share * static_cast<double>(bar_columns));
  std::string text = "[" + std::string(filled, '#') + std::string(bar_columns - filled, '-') + "]";
  text += fmt::format(" {:3.0f} %", share * 100);
  if (share > 0) {
    const auto left = static_cast<std::int64_t>(static_cast<double>(elapsed.count()) * (1 - share) /
                                                share / 1000);
    text += fmt::format(", {}:{:02} left", left / 60, left % 60);
  }
  return text + ", " + std::string(note);
}

ProgressBar::ProgressBar(std::string label)
    : label_(std::move(label)), enabled_(terminal_can_redraw()) {}

ProgressBar::~ProgressBar() {
  if (drawn_) write_to_terminal("\r\x1b[K");
}

void ProgressBar::show(std::uint64_t done, std::optional<std::uint64_t> total,
                       std::string_view note) {
  const auto now = Clock::now();
  if (!enabled_ || now < next_) return;
  next_ = now + std::chrono::milliseconds(100);
  drawn_ = true;
  const auto elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(now - started_);
  write_to_terminal("\r" + label_ + " " + progress_text(done, total, elapsed, note) + "\x1b[K");
}

}  // namespace liggare::tools
