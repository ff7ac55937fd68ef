#include "projections/stalled.h"

#include <algorithm>
#include <tuple>

#include "projections/definitions.h"

namespace liggare::projections {
namespace {

using projection::Answer;
using projection::Question;

// The latest of the enrolment's start and the participant's movements until `as_of`.
Day last_movement(const EnrolmentRow& enrolment, std::span<const MovementsRow> movements,
                  Day as_of) {
  Day last = enrolment.fact.start;
  for (const MovementsRow& row : movements) {
    for (const Day day : row.days) {
      if (day <= as_of) last = std::max(last, day);
    }
  }
  return last;
}

Result<Answer> answer_stalled(const Question& question) {
  LIGGARE_TRY(const Policies policies, Policies::read(question.rows));
  LIGGARE_TRY(const auto enrolments, projection::rows_of<EnrolmentRow>(question.rows));
  LIGGARE_TRY(const auto movements, projection::rows_of<MovementsRow>(question.rows));
  const std::int64_t* days = question.options.number("days");
  auto stalled =
      stalled_enrolments(enrolments, movements, question.as_of,
                         days == nullptr ? policies.on(question.as_of).stall_days : *days);
  std::sort(stalled.begin(), stalled.end(),
            [](const StalledEnrolment& left, const StalledEnrolment& right) {
              return std::tie(right.days, left.participant, left.enrolment) <
                     std::tie(left.days, right.participant, right.enrolment);
            });
  const std::string* unit = question.options.text("unit");
  Answer answer;
  for (const StalledEnrolment& row : stalled) {
    if (unit != nullptr && row.unit != *unit) continue;
    answer.rows.push(Json::object()
                         .add("participant", row.participant)
                         .add("enrolment", row.enrolment)
                         .add("unit", row.unit)
                         .add("lastMovement", row.last_movement)
                         .add("days", row.days));
  }
  return answer;
}

}  // namespace

std::vector<StalledEnrolment> stalled_enrolments(const std::vector<EnrolmentRow>& enrolments,
                                                 const std::vector<MovementsRow>& movements,
                                                 Day as_of, std::int64_t days) {
  std::vector<StalledEnrolment> stalled;
  for (const EnrolmentRow& row : enrolments) {
    if (!row.fact.active_on(as_of) || row.fact.paused_on(as_of)) continue;
    const Day last = last_movement(row, rows_for(movements, row.participant), as_of);
    const std::int64_t without = as_of.days_since(last) - row.fact.paused_days(last, as_of);
    if (without < days) continue;
    stalled.push_back({row.participant, row.id, row.fact.unit_on(as_of), last, without});
  }
  return stalled;
}

projection::Report stalled_report() {
  using enum projection::OptionKind;
  return {"stalled",
          {{"days", count}, {"unit", unit}},
          {"participant", "enrolment", "unit", "lastMovement", "days"},
          2,
          {"definitions", "enrolments", "progress"},
          answer_stalled};
}

}  // namespace liggare::projections
