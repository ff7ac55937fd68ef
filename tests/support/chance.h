// Chance that one seed repeats on every platform: the engine is the standard's, the distributions
// are ours.
#pragma once

#include <cstdint>
#include <random>
#include <vector>

namespace liggare::test {

class Chance {
 public:
  explicit Chance(std::uint64_t seed) : engine_(seed) {}

  // 0 … count − 1. Requires 0 < count.
  std::size_t below(std::size_t count) { return engine_() % count; }
  // Both included. Requires first ≤ last.
  std::int32_t between(std::int32_t first, std::int32_t last) {
    return first + static_cast<std::int32_t>(below(static_cast<std::size_t>(last - first) + 1));
  }
  // True in that many of a hundred.
  bool percent(std::size_t chance) { return below(100) < chance; }
  // Requires that there is one.
  template <class T>
  const T& pick(const std::vector<T>& values) {
    return values[below(values.size())];
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace liggare::test
