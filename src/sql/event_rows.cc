#include "sql/event_rows.h"

#include <map>

namespace liggare::sql {
namespace {

using domain::AmendedEvent;

// The day in `time` where the source gave one, else the ledger day (contract, report 12).
Day registered_day(const domain::RecordedEvent& event) {
  if (event.event.time) {
    if (const auto written = parse_rfc3339(*event.event.time)) return written->date;
  }
  return event.recorded.ledger_day();
}

// What became of an event. Null for a correction or a void, which are nobody's target.
struct Fate {
  const AmendedEvent* amended = nullptr;

  // Voided goes before corrected (contract P19).
  std::string_view status() const {
    if (amended == nullptr) return "correction";
    if (amended->voided) return "voided";
    return amended->amendments.empty() ? "current" : "corrected";
  }
  std::optional<Day> effective_now() const {
    if (amended == nullptr || amended->voided) return std::nullopt;
    return amended->effective;
  }
  std::vector<std::string> corrected_by() const {
    std::vector<std::string> ids;
    if (amended == nullptr) return ids;
    for (const auto& amendment : amended->amendments) ids.push_back(amendment->event.id);
    return ids;
  }
};

}  // namespace

void put_events(const domain::Stream& stream, const EventJson& event_json, TableWriter& out) {
  const std::vector<AmendedEvent> amended = domain::amend(stream);
  std::map<std::uint64_t, Fate> fates;
  for (const AmendedEvent& event : amended) fates[event.event->position] = {&event};
  for (const domain::RecordedEventPtr& recorded : stream) {
    const domain::Event& event = recorded->event;
    const Fate fate = fates[recorded->position];
    const Json json = event_json(*recorded);
    out.put("events", {static_cast<std::int64_t>(recorded->position),
                       event.id,
                       domain::name_of(event.type()),
                       event.subject.text(),
                       domain::name_of(event.subject.kind),
                       static_cast<std::int64_t>(recorded->version),
                       event.effective,
                       fate.effective_now(),
                       recorded->recorded.text(),
                       registered_day(*recorded),
                       event.time,
                       event.actor,
                       event.source,
                       event.purpose,
                       event.correlation_id,
                       event.causation_id,
                       recorded->submitted_by,
                       fate.status(),
                       fate.corrected_by(),
                       json.find("data")->text()});
  }
}

}  // namespace liggare::sql
