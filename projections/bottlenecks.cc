#include "projections/bottlenecks.h"

#include <map>

#include "projections/definitions.h"
#include "projections/median.h"
#include "projections/participants.h"
#include "projections/public_forms.h"
#include "projections/stalled.h"

namespace liggare::projections {
namespace {

using projection::Answer;
using projection::Question;

// A participant's active enrolments at one unit.
struct Presence {
  bool unpaused = false;
  bool stalled = false;
  Day earliest_start = Day::last();  // Paused ones included (contract P16).
};
using PresenceByParticipant = std::map<std::string, Presence, std::less<>>;

using PresenceByUnit = std::map<std::string, PresenceByParticipant>;

Result<PresenceByUnit> presence_by_unit(const projection::RowSource& rows,
                                        const Standstill& standstill, Day day) {
  PresenceByUnit units;
  LIGGARE_CHECK(projection::each_row<EnrolmentRow>(rows, [&](const EnrolmentRow& row) {
    if (!row.fact.active_on(day)) return;
    Presence& presence = units[row.fact.unit_on(day)][row.participant];
    presence.unpaused = presence.unpaused || !row.fact.paused_on(day);
    presence.stalled = presence.stalled || standstill.judge(row);
    presence.earliest_start = std::min(presence.earliest_start, row.fact.start);
  }));
  return units;
}

// Those who are on one step of a unit.
struct OnStep {
  std::vector<std::int64_t> days;  // Since each came onto it.
  std::int64_t stalled = 0;
};

// The lowest step that is not completed; nothing when all are.
std::optional<std::int64_t> current_step(const domain::LadderPublished& version,
                                         const domain::LadderStanding& standing) {
  for (const domain::LadderStep& step : version.steps) {
    if (!standing.completed_steps.contains(step.step)) return step.step;
  }
  return std::nullopt;
}

// Rounded half up to 4 decimals (contract P16). Requires 0 < on ≤ active.
double share_of(std::int64_t on, std::int64_t active) {
  constexpr std::int64_t scale = 10'000;
  const std::int64_t rounded = (2 * on * scale + active) / (2 * active);
  return static_cast<double>(rounded) / static_cast<double>(scale);
}

void report_unit(const std::string& unit, const PresenceByParticipant& present,
                 const domain::LadderPublished& version, const Standings& standings, Day as_of,
                 Answer& answer) {
  std::int64_t active = 0;
  std::map<std::int64_t, OnStep> steps;
  const domain::LadderStanding untouched;
  for (const auto& [participant, presence] : present) {
    if (!presence.unpaused) continue;
    ++active;
    const auto found = standings.find(participant);
    const auto& standing = found == standings.end() ? untouched : found->second;
    const auto step = current_step(version, standing);
    if (!step) continue;
    const Day came = *step == 1 ? presence.earliest_start : standing.completed_steps.at(*step - 1);
    OnStep& on = steps[*step];
    on.days.push_back(as_of.days_since(came));
    if (presence.stalled) ++on.stalled;
  }
  for (auto& [step, on] : steps) {
    const auto count = static_cast<std::int64_t>(on.days.size());
    answer.rows.push(Json::object()
                         .add("unit", unit)
                         .add("step", step)
                         .add("on", count)
                         .add("active", active)
                         .add("share", share_of(count, active))
                         .add("stalled", on.stalled)
                         .add("medianDays", median_of(std::move(on.days))));
  }
}

Result<Answer> answer(const Question& question) {
  const std::string& ladder = *question.options.text("ladder");
  const Day as_of = question.as_of;
  LIGGARE_TRY(const auto version, ladder_on(question.rows, ladder, as_of));
  if (!version) return Answer{};
  LIGGARE_TRY(const Policies policies, Policies::read(question.rows));
  LIGGARE_TRY(const Standstill standstill,
              Standstill::read(question.rows, as_of, policies.on(as_of).stall_days));
  LIGGARE_TRY(const PresenceByUnit units, presence_by_unit(question.rows, standstill, as_of));
  Participants participants;
  for (const auto& [unit, present] : units) {
    for (const auto& [participant, presence] : present) participants.insert(participant);
  }
  LIGGARE_TRY(const Standings standings, standings_on(question.rows, ladder, as_of, participants));
  Answer answer;
  for (const auto& [unit, present] : units) {
    report_unit(unit, present, *version, standings, as_of, answer);
  }
  return answer;
}

}  // namespace

projection::Report bottlenecks_report() {
  using enum projection::OptionKind;
  using enum projection::Presence;
  return {"bottlenecks",
          {{"ladder", ladder, required}},
          {"unit", "step", "on", "active", "share", "stalled", "medianDays"},
          2,
          {"definitions", "enrolments", "progress"},
          answer,
          public_bottlenecks};
}

}  // namespace liggare::projections
