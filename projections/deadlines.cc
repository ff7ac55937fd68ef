#include "projections/deadlines.h"

#include <algorithm>

namespace liggare::projections {
namespace {

using domain::StreamKind;
using projection::Answer;
using projection::Question;
using projection::to_json;

// 72 hours, by day: the ledger knows the day on which an incident was discovered, not the hour.
constexpr std::int32_t notice_days = 3;
constexpr int answer_months = 1;

void fold_requests(const projection::StreamStory& story, projection::RowSink& sink) {
  for (const auto& [id, fact] : story.facts.requests) {
    sink.put(RequestRow{story.subject.id, id, fact.kind, fact.received, fact.answered});
  }
}

void fold_incident(const projection::StreamStory& story, projection::RowSink& sink) {
  std::optional<IncidentRow> row;
  for (const domain::AmendedEvent& event : story.timeline) {
    if (const auto* report = std::get_if<domain::IncidentReported>(event.data.get())) {
      row = IncidentRow{story.subject.id, event.effective, report->discovered, {}, {}};
    } else if (const auto* notice = std::get_if<domain::IncidentNotified>(event.data.get())) {
      if (!row || row->notified || notice->to != domain::NotifiedParty::authority) continue;
      row->notified = event.effective;
    } else if (std::holds_alternative<domain::IncidentClosed>(*event.data) && row) {
      row->closed = event.effective;
    }
  }
  if (row) sink.put(*row);
}

void fold_deadlines(const projection::StreamStory& story, projection::RowSink& sink) {
  if (story.subject.kind == StreamKind::participant) return fold_requests(story, sink);
  fold_incident(story, sink);
}

// Something that must be answered by a day.
struct Duty {
  std::string_view kind;
  std::string subject;
  std::string id;
  Json request_kind;
  Day received;
  Day due;
  std::optional<Day> answered;  // Cut at as-of.
};

std::optional<Day> known_on(const std::optional<Day>& day, Day as_of) {
  return day && *day <= as_of ? day : std::nullopt;
}

std::string_view state_on(const Duty& duty, Day as_of) {
  if (duty.answered) return *duty.answered > duty.due ? "answered-late" : "answered";
  return as_of > duty.due ? "overdue" : "open";
}

Json row_json(const Duty& duty, Day as_of) {
  return Json::object()
      .add("kind", duty.kind)
      .add("subject", duty.subject)
      .add("id", duty.id)
      .add("requestKind", duty.request_kind)
      .add("received", duty.received)
      .add("due", duty.due)
      .add("answered", to_json(duty.answered))
      .add("daysLeft", std::int64_t{duty.due.days_since(duty.answered.value_or(as_of))})
      .add("state", state_on(duty, as_of));
}

Duty duty_of(const IncidentRow& row, Day as_of) {
  // Closing without a notice says that none was owed (article 33.1): the clock stops there.
  std::optional<Day> answered = known_on(row.notified, as_of);
  if (!answered) answered = known_on(row.closed, as_of);
  return {"incident",     domain::Subject{StreamKind::incident, row.incident}.text(),
          row.incident,   Json(),
          row.discovered, row.discovered.plus_days(notice_days),
          answered};
}

Duty duty_of(const RequestRow& row, Day as_of) {
  return {"request",
          domain::Subject{StreamKind::participant, row.participant}.text(),
          row.request,
          to_json(row.kind),
          row.received,
          row.received.plus_months(answer_months),
          known_on(row.answered, as_of)};
}

Result<Answer> answer_deadlines(const Question& question) {
  LIGGARE_TRY(const auto incidents, projection::rows_of<IncidentRow>(question.rows));
  LIGGARE_TRY(const auto requests, projection::rows_of<RequestRow>(question.rows));
  const Day as_of = question.as_of;
  Answer answer;
  const auto put = [&](const Duty& duty) {
    if (!question.options.flag("all") && state_on(duty, as_of) == "answered") return;
    answer.rows.push(row_json(duty, as_of));
  };
  for (const IncidentRow& row : incidents) {
    if (row.reported <= as_of) put(duty_of(row, as_of));
  }
  for (const RequestRow& row : requests) {
    if (row.received <= as_of) put(duty_of(row, as_of));
  }
  return answer;
}

}  // namespace

projection::Projection deadlines_projection() {
  return {"deadlines",
          1,
          {StreamKind::incident, StreamKind::participant},
          {projection::table_of<IncidentRow>(), projection::table_of<RequestRow>()},
          fold_deadlines};
}

projection::Report deadlines_report() {
  return {
      "deadlines",
      {{"all", projection::OptionKind::flag}},
      {"kind", "subject", "id", "requestKind", "received", "due", "answered", "daysLeft", "state"},
      3,
      {"deadlines"},
      answer_deadlines};
}

}  // namespace liggare::projections
