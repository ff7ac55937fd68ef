#include "ledger/review_coverage.h"

#include <map>
#include <set>

#include "ledger/known_streams.h"
#include "ledger/reviewable_looks.h"

namespace liggare::ledger {

Result<std::vector<Coverage>> review_coverage(const Ledger& ledger) {
  constexpr std::size_t month_length = 7;
  const std::uint64_t size = ledger.head().tree_size;
  LIGGARE_TRY(const auto ids, ids_of(ledger.log(), domain::StreamKind::review, size));
  Timelines timelines(ledger);
  std::set<std::int64_t> drawn;
  std::set<std::int64_t> reviewed;
  for (const std::string& id : ids) {
    LIGGARE_TRY(const domain::Timeline* events,
                timelines.timeline({domain::StreamKind::review, id}));
    for (const domain::AmendedEvent& event : *events) {
      if (const auto* started = std::get_if<domain::ReviewStarted>(event.data.get())) {
        drawn.insert(started->items.begin(), started->items.end());
      } else if (const auto* marked = std::get_if<domain::ReviewMarked>(event.data.get())) {
        reviewed.insert(marked->item);
      }
    }
  }
  std::map<std::pair<std::string, std::string>, Coverage> cells;
  LIGGARE_TRY(const auto log, AccessLog::open(ledger.folders().ledger));
  LIGGARE_CHECK(log->scan([&](const AccessPlace& place,
                              const access::Record& record) -> Result<void> {
    if (!access::is_look(record)) return {};
    LIGGARE_TRY(const std::string unit, timelines.unit_of(record.who));
    const std::string month = record.recorded.ledger_day().text().substr(0, month_length);
    Coverage& cell = cells.try_emplace({unit, month}, Coverage{unit, month, 0, 0, 0}).first->second;
    ++cell.looks;
    if (drawn.contains(entry_number(place))) ++cell.drawn;
    if (reviewed.contains(entry_number(place))) ++cell.reviewed;
    return {};
  }));
  std::vector<Coverage> coverage;
  for (auto& [key, cell] : cells) coverage.push_back(std::move(cell));
  return coverage;
}

}  // namespace liggare::ledger
