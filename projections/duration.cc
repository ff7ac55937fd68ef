#include "projections/duration.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "projections/definitions.h"
#include "projections/participants.h"
#include "projections/places.h"

namespace liggare::projections {
namespace {

using domain::ExtensionReason;
using domain::PlacementFact;
using projection::Answer;
using projection::Question;

struct LongPlacement {
  const PlacementRow* row = nullptr;
  std::int64_t months = 0;
  Day allowed_last_day = Day::first();
  std::int64_t days_over = 0;
  bool extended_in_time = false;
};

bool is_for_studies(const domain::ExtensionFact& extension) {
  return extension.reason == ExtensionReason::studies_started ||
         extension.reason == ExtensionReason::studies_planned;
}

// The last day of `months` that start on `start`; the last day there is where they end later.
Day last_day_of(Day start, std::int64_t months) {
  constexpr std::int64_t months_there_are = 12 * 9'999;
  const std::int64_t clamped = std::min(months, months_there_are);
  const std::int64_t end = std::int64_t{start.year()} * 12 + (start.month() - 1) + clamped;
  if (end / 12 > 9'999) return Day::last();
  return start.plus_months(static_cast<int>(clamped)).plus_days(-1);
}

LongPlacement judge(const PlacementRow& row, const Policy& policy, Day as_of) {
  const PlacementFact& fact = row.fact;
  const Day unextended = last_day_of(fact.start, policy.months);
  LongPlacement judged{&row, policy.months, unextended, 0, false};
  bool is_extended = false;
  for (const domain::ExtensionFact& extension : fact.extensions) {
    if (extension.day > as_of || !is_for_studies(extension)) continue;
    is_extended = true;
    judged.extended_in_time = judged.extended_in_time || extension.day <= unextended;
  }
  if (is_extended) {
    judged.months += policy.extension_months;
    judged.allowed_last_day = last_day_of(fact.start, judged.months);
  }
  const Day last = std::min(fact.end.value_or(as_of), as_of);
  judged.days_over = last.days_since(judged.allowed_last_day);
  return judged;
}

Result<Answer> answer_duration(const Question& question) {
  const Day as_of = question.as_of;
  LIGGARE_TRY(const Policies policies, Policies::read(question.rows));
  LIGGARE_TRY(const auto places, projection::rows_of<PlaceRow>(question.rows));
  LIGGARE_TRY(const auto placements, projection::rows_of<PlacementRow>(question.rows));
  std::map<std::string_view, std::string_view> administrations;
  for (const PlaceRow& place : places) administrations.emplace(place.place, place.administration);

  std::vector<LongPlacement> too_long;
  for (const PlacementRow& row : placements) {
    if (row.fact.start > as_of) continue;
    const LongPlacement judged = judge(row, policies.on(row.fact.start), as_of);
    if (judged.days_over > 0) too_long.push_back(judged);
  }
  // The rows come by participant and placement already.
  std::stable_sort(too_long.begin(), too_long.end(),
                   [](const LongPlacement& left, const LongPlacement& right) {
                     return left.days_over > right.days_over;
                   });
  Answer answer;
  for (const LongPlacement& placement : too_long) {
    const PlacementRow& row = *placement.row;
    const bool has_ended = row.fact.end && *row.fact.end <= as_of;
    answer.rows.push(Json::object()
                         .add("participant", row.participant)
                         .add("placement", row.id)
                         .add("administration", administrations[row.fact.place])
                         .add("start", row.fact.start)
                         .add("end", has_ended ? Json(*row.fact.end) : Json())
                         .add("months", placement.months)
                         .add("allowedLastDay", placement.allowed_last_day)
                         .add("daysOver", placement.days_over)
                         .add("extendedInTime", placement.extended_in_time));
  }
  return answer;
}

}  // namespace

projection::Report duration_report() {
  return {"duration",
          {},
          {"participant", "placement", "administration", "start", "end", "months", "allowedLastDay",
           "daysOver", "extendedInTime"},
          2,
          {"definitions", "places", "placements"},
          answer_duration};
}

}  // namespace liggare::projections
