#include "projections/duration.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "projections/definitions.h"
#include "projections/participants.h"
#include "projections/places.h"

namespace liggare::projections {
namespace {

using domain::ExtensionReason;
using domain::PlacementFact;
using projection::Answer;
using projection::Question;

struct Judgement {
  std::int64_t months = 0;
  Day allowed_last_day = Day::first();
  std::int64_t days_over = 0;
  bool extended_in_time = false;
};

using LongPlacement = std::pair<PlacementRow, Judgement>;

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

Judgement judge(const PlacementFact& fact, const Policy& policy, Day as_of) {
  const Day unextended = last_day_of(fact.start, policy.months);
  Judgement judged{policy.months, unextended, 0, false};
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
  LIGGARE_TRY(const OfferedPlaces places, OfferedPlaces::read(question.rows));
  std::vector<LongPlacement> too_long;
  LIGGARE_CHECK(projection::each_row<PlacementRow>(question.rows, [&](PlacementRow& row) {
    if (row.fact.start > as_of) return;
    const Judgement judged = judge(row.fact, policies.on(row.fact.start), as_of);
    if (judged.days_over > 0) too_long.emplace_back(std::move(row), judged);
  }));
  // The rows come by participant and placement already.
  std::ranges::stable_sort(too_long, std::ranges::greater(), [](const LongPlacement& placement) {
    return placement.second.days_over;
  });
  Answer answer;
  for (const auto& [row, judged] : too_long) {
    const auto place = places.find(row.fact.place);
    const bool has_ended = row.fact.end && *row.fact.end <= as_of;
    answer.rows.push(
        Json::object()
            .add("participant", row.participant)
            .add("placement", row.id)
            .add("administration", place ? places.rows()[*place].administration : std::string())
            .add("start", row.fact.start)
            .add("end", has_ended ? Json(*row.fact.end) : Json())
            .add("months", judged.months)
            .add("allowedLastDay", judged.allowed_last_day)
            .add("daysOver", judged.days_over)
            .add("extendedInTime", judged.extended_in_time));
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
