#include "ledger/review_remit.h"

#include <algorithm>

#include "access/standing.h"
#include "access/write_rules.h"
#include "domain/formats.h"

namespace liggare::ledger {

Result<Remit> remit_of(const std::string& who, domain::EventType type, Timelines& timelines) {
  Remit remit;
  const auto staff = domain::staff_id(who);
  if (staff) {
    LIGGARE_TRY(const domain::Timeline* events,
                timelines.timeline({domain::StreamKind::staff, *staff}));
    const auto writers = access::writers_of(type);
    for (const access::HeldRole& held : access::roles_of(*events)) {
      if (std::find(writers.begin(), writers.end(), held.role) == writers.end()) continue;
      if (held.role != access::Role::lead) {
        remit.is_everyone = true;
      } else if (!held.unit.empty()) {
        remit.units.insert(held.unit);
      }
    }
  }
  if (remit.is_everyone || !remit.units.empty()) return remit;
  return fail(ErrorCode::denied, who +
                                     " holds no role that reviews the access log: dpo, auditor, "
                                     "or lead of a unit");
}

Result<void> require_remit(const std::string& who, domain::EventType type,
                           const std::optional<std::string>& unit, Timelines& timelines) {
  LIGGARE_TRY(const Remit remit, remit_of(who, type, timelines));
  if (remit.covers(unit.value_or(""))) return {};
  return fail(ErrorCode::denied,
              who + " may review only what the staff of the own unit have read (--unit)");
}

}  // namespace liggare::ledger
