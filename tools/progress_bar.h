// A progress bar on standard error, with the time that is left.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace liggare::tools {

class ProgressBar {
 public:
  // Shows nothing unless standard error is a terminal that can redraw a line, and nothing during
  // the first second.
  explicit ProgressBar(std::string label);
  // Takes the bar away.
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  // `note` stands after the bar: "12000 events".
  void show(std::uint64_t done, std::optional<std::uint64_t> total, std::string_view note);

 private:
  using Clock = std::chrono::steady_clock;

  std::string label_;
  bool enabled_;
  bool drawn_ = false;
  Clock::time_point started_ = Clock::now();
  Clock::time_point next_ = started_ + std::chrono::seconds(1);
};

// The bar's text, without the label: "[#####-----]  50 %, 0:12 left, 12000 events".
std::string progress_text(std::uint64_t done, std::optional<std::uint64_t> total,
                          std::chrono::milliseconds elapsed, std::string_view note);

}  // namespace liggare::tools
