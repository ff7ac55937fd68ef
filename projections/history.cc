#include "projections/history.h"

#include <map>

namespace liggare::projections {
namespace {

using projection::Answer;
using projection::Question;

// Voided goes before corrected (contract P19).
std::string_view status_of(const domain::AmendedEvent& event) {
  if (event.voided) return "voided";
  return event.amendments.empty() ? "current" : "corrected";
}

Result<Answer> answer_history(const Question& question) {
  LIGGARE_TRY(
      const domain::Stream stream,
      question.stream({domain::StreamKind::participant, *question.options.text("participant")}));
  Answer answer;
  answer.rows = history_rows(stream, question.event_json);
  return answer;
}

}  // namespace

Json history_rows(const domain::Stream& stream,
                  const std::function<Json(const domain::RecordedEvent&)>& event_json) {
  std::map<std::uint64_t, domain::AmendedEvent> by_position;
  for (domain::AmendedEvent& event : domain::amend(stream)) {
    const std::uint64_t position = event.event->position;
    by_position.emplace(position, std::move(event));
  }
  Json rows = Json::array();
  for (const domain::RecordedEventPtr& event : stream) {
    Json row = event_json(*event);
    Json corrected_by = Json::array();
    const auto amended = by_position.find(event->position);
    if (amended == by_position.end()) {
      row.add("status", "correction");
    } else {
      row.add("status", status_of(amended->second));
      for (const auto& amendment : amended->second.amendments) {
        corrected_by.push(amendment->event.id);
      }
    }
    row.add("correctedBy", std::move(corrected_by));
    rows.push(std::move(row));
  }
  return rows;
}

projection::Report history_report() {
  using enum projection::OptionKind;
  using enum projection::Presence;
  return {"history",
          {{"participant", participant, required}},
          {"sequence", "id", "type", "effective", "recorded", "actor", "status", "correctedBy",
           "data", "source", "subject", "time", "purpose", "correlationid", "causationid",
           "streamversion", "submittedby", "specversion"},
          1,
          {},
          answer_history};
}

}  // namespace liggare::projections
