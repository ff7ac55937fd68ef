#include "ledger/timelines.h"

#include "domain/formats.h"

namespace liggare::ledger {

Result<const domain::Timeline*> Timelines::timeline(const domain::Subject& subject) {
  const auto read = timelines_.find(subject);
  if (read != timelines_.end()) return &read->second;
  LIGGARE_TRY(const domain::Stream events, ledger_.stream(subject, ledger_.head().tree_size));
  return &timelines_.emplace(subject, domain::timeline_of(events)).first->second;
}

Result<std::string> Timelines::unit_of(const std::string& who) {
  const auto staff = domain::staff_id(who);
  if (!staff) return std::string();
  LIGGARE_TRY(const domain::Timeline* events, timeline({domain::StreamKind::staff, *staff}));
  for (const domain::AmendedEvent& event : *events) {
    const auto* registered = std::get_if<domain::StaffRegistered>(event.data.get());
    if (registered != nullptr) return registered->unit;
  }
  return std::string();
}

}  // namespace liggare::ledger
