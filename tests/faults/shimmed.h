// The shim as a test holds it: which call of which program is struck.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "tests/faults/process.h"
#include "tests/faults/shim_state.h"

namespace liggare::faults {

class Shim {
 public:
  // `file` comes to be in a folder that is not watched.
  explicit Shim(std::filesystem::path file);
  Shim(const Shim&) = delete;
  Shim& operator=(const Shim&) = delete;
  ~Shim();

  // Counting begins anew. Watches files whose path begins with `under`.
  void set(std::uint32_t calls, const std::filesystem::path& under, Act act = Act::count,
           std::uint64_t at = 0, int error = 0);
  std::uint64_t count() const { return state_->count.load(); }
  bool has_struck() const { return state_->at != 0 && count() >= state_->at; }

  // `command` with the shim in it.
  Command in(Command command) const;

 private:
  std::filesystem::path file_;
  ShimState* state_;
};

}  // namespace liggare::faults
