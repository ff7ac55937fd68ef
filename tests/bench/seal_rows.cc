// Seals of a ledger of many streams.
#include "ledger/seal.h"

#include <fmt/format.h>

#include <fstream>

#include "tests/bench/setting.h"

namespace liggare::bench {

void seal_rows(const Setting& setting) {
  constexpr int changed = 1'000;
  const auto folders = ledger::Folders::of(setting.folder / "streams");
  const auto lines = setting.folder / "streams.ndjson";
  {
    std::ofstream out(lines);
    for (std::uint64_t i = 0; i < setting.events; ++i) {
      out << participant_line(std::to_string(i)) << '\n';
    }
  }
  const auto ledger = fresh_ledger(folders, ledger::HeadPolicy::floor);
  const auto summary = ledger->import(lines.string(), {});
  LIGGARE_ASSERT(summary && summary->refused == 0, "import");
  ledger::Bookkeeper bookkeeper;
  const auto seal = [&] {
    const auto sealed = bookkeeper.seal(*ledger, "system/bench");
    LIGGARE_ASSERT(sealed && *sealed, "seal");
  };
  Figure first{.name = "first seal", .unit = "ms"};
  first.ours.push_back(1e3 * seconds_of(seal));
  Figure next{
      .name = fmt::format("seal of {} streams, {} of them changed", setting.events, changed),
      .unit = "ms",
      .targets = {at_most(100)}};
  for (int round = 0; round < setting.rounds; ++round) {
    std::vector<ledger::Proposal> proposals;
    for (int i = 0; i < changed; ++i) {
      proposals.push_back({participant_line(fmt::format("{}-{}", round, i)), std::nullopt});
    }
    LIGGARE_ASSERT(ledger->append(proposals), "append");
    next.ours.push_back(1e3 * seconds_of(seal));
  }
  setting.tell(first);
  setting.tell(next);
}

}  // namespace liggare::bench
