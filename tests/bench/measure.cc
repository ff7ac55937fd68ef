#include "tests/bench/measure.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/assertion.h"

namespace liggare::bench {
namespace {

struct Spread {
  double median = 0;
  double least = 0;
  double most = 0;
};

Spread spread_of(const std::vector<double>& values) {
  LIGGARE_ASSERT(!values.empty(), "a figure that was never measured");
  return {median(values), *std::ranges::min_element(values), *std::ranges::max_element(values)};
}

// Three digits that count, and no more.
std::string number(double value) {
  return value >= 1'000 ? fmt::format("{:.0f}", value) : fmt::format("{:.3g}", value);
}

std::string text_of(const std::vector<double>& values) {
  if (values.empty()) return "-";
  const Spread spread = spread_of(values);
  if (values.size() == 1) return number(spread.median);
  return fmt::format("{} ({}-{})", number(spread.median), number(spread.least),
                     number(spread.most));
}

Json json_of(const std::vector<double>& values) {
  if (values.empty()) return nullptr;
  const Spread spread = spread_of(values);
  Json json = Json::object();
  json.add("median", spread.median).add("min", spread.least).add("max", spread.most);
  return json;
}

constexpr const char* layout = "{:<46} {:<12} {:>24} {:>24} {:>20}  {}";

}  // namespace

std::string Target::text() const {
  return fmt::format("{}{} {}", of == Of::ratio ? "ratio " : "",
                     bound == Bound::at_most ? "<=" : ">=", number(value));
}

std::vector<double> Figure::ratios() const {
  std::vector<double> ratios;
  for (std::size_t i = 0; i < std::min(ours.size(), raw.size()); ++i) {
    ratios.push_back(ours[i] / raw[i]);
  }
  return ratios;
}

bool Figure::meets(const Target& target) const {
  const double value = median(target.of == Target::Of::ratio ? ratios() : ours);
  return target.bound == Target::Bound::at_most ? value <= target.value : value >= target.value;
}

std::string Figure::line() const {
  std::string wanted;
  for (const Target& target : targets) {
    wanted += fmt::format("{}{}: {}", wanted.empty() ? "" : ", ", target.text(),
                          meets(target) ? "yes" : "NO");
  }
  return fmt::format(layout, name, unit, text_of(ours), text_of(raw), text_of(ratios()), wanted);
}

Json Figure::json() const {
  Json wanted = Json::array();
  for (const Target& target : targets) {
    Json one = Json::object();
    one.add("target", target.text()).add("met", meets(target));
    wanted.push(std::move(one));
  }
  Json json = Json::object();
  json.add("name", name).add("unit", unit).add("rounds", std::uint64_t{ours.size()});
  json.add("liggare", json_of(ours)).add("rocksdb", json_of(raw));
  json.add("ratio", json_of(ratios())).add("targets", std::move(wanted));
  return json;
}

std::string table_head() {
  return fmt::format(layout, "figure", "unit", "liggare (least-most)", "RocksDB (least-most)",
                     "ratio", "target: met");
}

double median(std::vector<double> values) { return percentile(std::move(values), 0.5); }

double percentile(std::vector<double> values, double share) {
  LIGGARE_ASSERT(!values.empty(), "the middle of nothing");
  const double rank = std::max(1.0, std::ceil(share * static_cast<double>(values.size())));
  const auto place = values.begin() + static_cast<std::ptrdiff_t>(rank) - 1;
  std::ranges::nth_element(values, place);
  return *place;
}

}  // namespace liggare::bench
