#include "ledger/reviewable_looks.h"

#include "domain/formats.h"

namespace liggare::ledger {
namespace {

constexpr int year_bits = 32;

// "P1" of "participant/P1"; nothing of another kind.
std::optional<std::string> participant_id(std::string_view subject) {
  constexpr std::string_view participant = "participant/";
  if (!subject.starts_with(participant)) return std::nullopt;
  return std::string(subject.substr(participant.size()));
}

Result<access::ReviewEntry> look_of(const AccessPlace& place, const access::Record& record,
                                    Timelines& timelines) {
  access::ReviewEntry entry{entry_number(place), record, true, false};
  const auto staff = domain::staff_id(record.who);
  const auto participant = participant_id(record.subject);
  if (!participant) return entry;
  const Day day = record.recorded.ledger_day();
  LIGGARE_TRY(const domain::Timeline* person,
              timelines.timeline({domain::StreamKind::participant, *participant}));
  entry.is_protected = access::was_protected(*person, day);
  // A dpo, an auditor or a registrar has to do with everyone.
  if (!staff || record.relation == access::Relation::task) return entry;
  LIGGARE_TRY(const domain::Timeline* reader,
              timelines.timeline({domain::StreamKind::staff, *staff}));
  entry.has_relation = access::had_relation(*staff, *reader, *person, day);
  return entry;
}

// Everybody is of no unit in particular.
Result<bool> is_of_unit(const std::optional<std::string>& unit, const std::string& who,
                        Timelines& timelines) {
  if (!unit) return true;
  LIGGARE_TRY(const std::string own, timelines.unit_of(who));
  return own == *unit;
}

}  // namespace

std::int64_t entry_number(const AccessPlace& place) {
  return (std::int64_t{place.year} << year_bits) + static_cast<std::int64_t>(place.position);
}

Result<std::vector<access::ReviewEntry>> looks_in(const Ledger& ledger, const ReviewPeriod& period,
                                                  Timelines& timelines) {
  LIGGARE_TRY(const auto log, AccessLog::open(ledger.folders().ledger));
  std::vector<access::ReviewEntry> entries;
  LIGGARE_CHECK(
      log->scan([&](const AccessPlace& place, const access::Record& record) -> Result<void> {
        const Day day = record.recorded.ledger_day();
        if (!access::is_look(record) || day < period.from || period.to < day) return {};
        LIGGARE_TRY(const bool concerned, is_of_unit(period.unit, record.who, timelines));
        if (!concerned) return {};
        LIGGARE_TRY(access::ReviewEntry entry, look_of(place, record, timelines));
        entries.push_back(std::move(entry));
        return {};
      }));
  return entries;
}

}  // namespace liggare::ledger
