// What a benchmark found: figures, each measured once a round beside RocksDB in the same round.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"

namespace liggare::bench {

// What a figure has to be: the bound on its ratio to RocksDB's, or on the figure itself.
struct Target {
  enum class Of { ratio, figure } of = Of::ratio;
  enum class Bound { at_most, at_least } bound = Bound::at_most;
  double value = 0;

  std::string text() const;
};
constexpr Target ratio_at_most(double value) {
  return {Target::Of::ratio, Target::Bound::at_most, value};
}
constexpr Target ratio_at_least(double value) {
  return {Target::Of::ratio, Target::Bound::at_least, value};
}
constexpr Target at_most(double value) {
  return {Target::Of::figure, Target::Bound::at_most, value};
}
constexpr Target at_least(double value) {
  return {Target::Of::figure, Target::Bound::at_least, value};
}

struct Figure {
  std::string name;
  std::string unit;
  std::vector<double> ours = {};  // One a round.
  std::vector<double> raw = {};   // Of the same rounds; none where RocksDB has nothing like it.
  std::vector<Target> targets = {};

  // Ours by RocksDB's, round by round.
  std::vector<double> ratios() const;
  // Whether the median holds to the target. Requires a round, and RocksDB's for a ratio's target.
  bool meets(const Target& target) const;
  // As a line of the table and as an element of the answer.
  std::string line() const;
  Json json() const;
};

std::string table_head();

double median(std::vector<double> values);
// The least value that `share` of the values do not exceed. Requires a value, and 0 ≤ share ≤ 1.
double percentile(std::vector<double> values, double share);

// Seconds that `work` takes.
template <class Work>
double seconds_of(const Work& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

}  // namespace liggare::bench
