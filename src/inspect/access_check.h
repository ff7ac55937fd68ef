// The trees of the access log, as seals speak of them, and the years that ought to be there.
//
// Internal to inspect and to ledger.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "access/record.h"
#include "base/clock.h"
#include "base/result.h"
#include "domain/ledger_events.h"
#include "domain/timeline.h"
#include "merkle/tree.h"

namespace liggare::store {
class EventLog;
}

namespace liggare::inspect {

// A recorded act: who dropped a year, and what it was.
struct DroppedYear {
  access::YearBefore end;
  std::string who;
  Instant recorded;
};

enum class AccessStanding {
  holds,        // A year's tree began so.
  differs,      // The year is there, and began otherwise.
  missing,      // The year is not there, and nothing says why.
  dropped,      // It was dropped, or an earlier one with it, and that is recorded.
  left_behind,  // The ledger was restored since, without the access log.
};

class AccessTrees {
 public:
  // Of every year in DIR/access, beside a writer too.
  static Result<AccessTrees> open(const std::filesystem::path& ledger);
  AccessTrees(AccessTrees&&) noexcept;
  ~AccessTrees();

  // What a seal says of the newest year's tree. `restored` is where the ledger was restored last,
  // if it was. Fails as reading does.
  Result<AccessStanding> judge(const domain::RecordedEvent& seal,
                               std::optional<std::uint64_t> restored) const;
  // The same of a head that was signed of a year.
  Result<AccessStanding> judge_year(int year, const merkle::TreeHead& claim) const;
  // The years that a later one carries on from and that are neither there nor dropped.
  std::vector<access::YearBefore> missing() const;
  // By what the years that are left say; the newest last.
  const std::vector<DroppedYear>& dropped() const { return dropped_; }

 private:
  struct Year;
  AccessTrees();
  bool is_dropped(const access::YearBefore& end) const;
  Result<bool> any_began_as(const merkle::TreeHead& claim) const;

  std::vector<Year> years_;  // In order.
  std::vector<DroppedYear> dropped_;
};

// The position of the newest ledger.restored, which says that what lay beside the events was not
// taken along. `events` are those of ledger/main.
std::optional<std::uint64_t> restored_at(const domain::Stream& events);

}  // namespace liggare::inspect
