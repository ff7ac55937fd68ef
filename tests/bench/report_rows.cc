// Reports at now, asked a hundred times, or as often as ten seconds allow, two for a full listing:
// its rows grow with the ledger, and it has no target.
#include <algorithm>

#include "tests/bench/setting.h"

namespace liggare::bench {
namespace {

using ledger::ReportRequest;

constexpr double seconds_max = 10;
constexpr double seconds_for_listing = 2;
constexpr std::size_t listing_rows = 1'000;

std::vector<ReportRequest> requests() {
  const auto day = Day::parse("2021-12-31");
  return {{"places", {{"from", "2018"}, {"to", "2021"}}, day, {}},
          {"targets", {}, day, {}},
          {"reconcile", {}, day, {}},
          {"occupancy", {{"from", "2018-01-01"}, {"to", "2021-12-31"}}, day, {}},
          {"ladder", {{"ladder", "trappan"}, {"unit", "IAS-stad"}}, day, {}},
          {"ladder", {{"ladder", "trappan"}}, day, {}},
          {"stalled", {{"unit", "IAS-stad"}}, day, {}},
          {"stalled", {}, day, {}},
          {"bottlenecks", {{"ladder", "trappan"}}, day, {}},
          {"duration", {}, day, {}},
          {"consents", {{"participant", "P0001"}}, day, {}},
          {"consents", {}, day, {}},
          {"disclosures", {{"only-findings", ""}}, day, {}},
          {"disclosures", {}, day, {}},
          {"flow", {{"by", "quarter"}, {"group", "source"}}, day, {}},
          {"late", {}, day, {}},
          {"history", {{"participant", "P0001"}}, day, {}},
          {"state", {{"participant", "P0001"}}, day, {}}};
}

std::string name_of(const ReportRequest& request) {
  std::string name = "report " + request.name;
  for (const auto& [option, value] : request.options) {
    name += " --" + option + (value.empty() ? "" : " ") + value;
  }
  return name;
}

}  // namespace

void report_rows(const Setting& setting) {
  const auto ledger = open_ledger(setting.town(), ledger::Mode::read);
  const auto asked_max = std::clamp<std::uint64_t>(setting.events / 1'000, 3, 100);
  for (const ReportRequest& request : requests()) {
    Figure figure{.name = name_of(request) + ", p99", .unit = "ms"};
    std::size_t rows = 0;
    for (int round = 0; round < setting.rounds; ++round) {
      std::vector<double> times;
      double all = 0;
      const auto left = [&] {
        return (rows < listing_rows ? seconds_max : seconds_for_listing) / setting.rounds - all;
      };
      while (times.empty() || (times.size() < asked_max && left() > 0)) {
        times.push_back(seconds_of([&] {
          const auto answer = ledger->report(request);
          LIGGARE_ASSERT(answer, "report");
          rows = answer->rows.as_array()->size();
        }));
        all += times.back();
      }
      figure.ours.push_back(1e3 * percentile(times, 0.99));
    }
    if (rows < listing_rows) figure.targets = {at_most(50)};
    setting.tell(figure);
  }
}

}  // namespace liggare::bench
