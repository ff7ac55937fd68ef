// Everything that changed the disk, and what was asked and answered, in order: one seed, one trace.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace liggare::simulation {

class Trace {
 public:
  // Called with each line as it comes; may be empty.
  explicit Trace(std::function<void(std::string_view line)> print = {})
      : print_(std::move(print)) {}

  void add(std::string_view line) {
    for (const char c : line) take(static_cast<unsigned char>(c));
    take('\n');
    if (print_) print_(line);
  }
  // FNV-1a over all lines.
  std::uint64_t hash() const { return hash_; }

 private:
  void take(unsigned char byte) { hash_ = (hash_ ^ byte) * 0x100000001b3U; }

  std::uint64_t hash_ = 0xcbf29ce484222325U;
  std::function<void(std::string_view)> print_;
};

}  // namespace liggare::simulation
