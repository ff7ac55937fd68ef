#include "projections/late.h"

#include <fmt/format.h>

#include "projections/definitions.h"

namespace liggare::projections {
namespace {

using domain::StreamKind;
using projection::Answer;
using projection::Question;

// The date written in `time` where the source gave one, else the ledger day.
Day registered_day(const domain::RecordedEvent& event) {
  constexpr std::size_t date_length = 10;
  if (event.event.time) {
    const auto written = Day::parse(std::string_view(*event.event.time).substr(0, date_length));
    if (written) return *written;
  }
  return event.recorded.ledger_day();
}

void fold_late(const projection::StreamStory& story, projection::RowSink& sink) {
  for (const domain::RecordedEventPtr& event : story.events) {
    const Day registered = registered_day(*event);
    if (registered <= event->event.effective) continue;
    sink.put(LateRow{static_cast<std::int64_t>(event->position), event->event.id,
                     std::string(domain::name_of(event->event.type())), story.subject.text(),
                     event->event.effective, registered});
  }
}

std::vector<StreamKind> every_kind() {
  std::vector<StreamKind> kinds;
  for (auto kind = 0; kind <= static_cast<int>(StreamKind::review); ++kind) {
    kinds.push_back(static_cast<StreamKind>(kind));
  }
  return kinds;
}

Result<Answer> answer_late(const Question& question) {
  LIGGARE_TRY(const Policies policies, Policies::read(question.rows));
  const std::int64_t late_days = policies.on(question.as_of).late_days;
  Answer answer;
  LIGGARE_CHECK(projection::each_row<LateRow>(question.rows, [&](LateRow& row) {
    if (row.effective > question.as_of || row.days() <= late_days) return;
    answer.rows.push(Json::object()
                         .add("id", std::move(row.id))
                         .add("type", std::move(row.type))
                         .add("subject", std::move(row.subject))
                         .add("effective", row.effective)
                         .add("registeredDay", row.registered)
                         .add("days", row.days()));
  }));
  return answer;
}

}  // namespace

std::string LateRow::key() const { return fmt::format("{:020}", position); }

projection::Projection late_projection() {
  return {"late", 1, every_kind(), {projection::table_of<LateRow>()}, fold_late};
}

projection::Report late_report() {
  return {"late",
          {},
          {"id", "type", "subject", "effective", "registeredDay", "days"},
          1,
          {"definitions", "late"},
          answer_late};
}

}  // namespace liggare::projections
