#include "projections/stalled.h"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

#include "projections/definitions.h"

namespace liggare::projections {
namespace {

using projection::Answer;
using projection::Question;

Result<Answer> answer_stalled(const Question& question) {
  LIGGARE_TRY(const Policies policies, Policies::read(question.rows));
  const std::int64_t* days = question.options.number("days");
  LIGGARE_TRY(const Standstill standstill,
              Standstill::read(question.rows, question.as_of,
                               days == nullptr ? policies.on(question.as_of).stall_days : *days));
  const std::string* unit = question.options.text("unit");
  std::vector<StalledEnrolment> stalled;
  LIGGARE_CHECK(
      projection::each_row<EnrolmentRow>(question.rows, [&](const EnrolmentRow& enrolment) {
        auto found = standstill.judge(enrolment);
        if (found && (unit == nullptr || found->unit == *unit)) {
          stalled.push_back(*std::move(found));
        }
      }));
  std::sort(stalled.begin(), stalled.end(),
            [](const StalledEnrolment& left, const StalledEnrolment& right) {
              return std::tie(right.days, left.participant, left.enrolment) <
                     std::tie(left.days, right.participant, right.enrolment);
            });
  Answer answer;
  for (const StalledEnrolment& row : stalled) {
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

Result<Standstill> Standstill::read(const projection::RowSource& rows, Day as_of,
                                    std::int64_t days) {
  Standstill standstill(as_of, days);
  LIGGARE_CHECK(projection::each_row<MovementsRow>(rows, [&](MovementsRow& row) {
    const auto later = std::upper_bound(row.days.begin(), row.days.end(), as_of);
    if (later == row.days.begin()) return;
    standstill.movements_.push_back({std::move(row.participant), *std::prev(later)});
  }));
  return standstill;
}

Day Standstill::last_movement(const EnrolmentRow& enrolment) const {
  const auto movements = rows_for(movements_, enrolment.participant);
  if (movements.empty()) return enrolment.fact.start;
  return std::max(enrolment.fact.start, movements.front().day);
}

std::optional<StalledEnrolment> Standstill::judge(const EnrolmentRow& enrolment) const {
  const domain::EnrolmentFact& fact = enrolment.fact;
  if (!fact.active_on(as_of_) || fact.paused_on(as_of_)) return std::nullopt;
  const Day last = last_movement(enrolment);
  const std::int64_t without = as_of_.days_since(last) - fact.paused_days(last, as_of_);
  if (without < days_) return std::nullopt;
  return StalledEnrolment{enrolment.participant, enrolment.id, fact.unit_on(as_of_), last, without};
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
