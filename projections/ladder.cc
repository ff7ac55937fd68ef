#include "projections/ladder.h"

#include <array>
#include <map>

#include "projections/definitions.h"
#include "projections/participants.h"
#include "projections/public_forms.h"

namespace liggare::projections {
namespace {

using domain::Colour;
using domain::LadderStanding;
using projection::Answer;
using projection::Question;

// Participants with an active enrolment at a unit, and whether all of those are paused.
using Places = std::map<std::pair<std::string, std::string>, bool>;

Result<Places> paused_by_participant_and_unit(const projection::RowSource& rows,
                                              const std::string* only_unit, Day day) {
  Places places;
  LIGGARE_CHECK(projection::each_row<EnrolmentRow>(rows, [&](const EnrolmentRow& row) {
    if (!row.fact.active_on(day)) return;
    const std::string& unit = row.fact.unit_on(day);
    if (only_unit != nullptr && unit != *only_unit) return;
    bool& paused = places.try_emplace({row.participant, unit}, true).first->second;
    paused = paused && row.fact.paused_on(day);
  }));
  return places;
}

// How many stand on which colour of a criterion.
using Colours = std::array<std::int64_t, 3>;

class Summary {
 public:
  explicit Summary(const std::optional<domain::LadderPublished>& version) {
    if (!version) return;
    for (const domain::LadderStep& step : version->steps) {
      for (const domain::Criterion& criterion : step.criteria) {
        criteria_.push_back({criterion.criterion, step.step, {}});
      }
    }
  }

  // The colours of one participant; counted unless paused.
  Json take(const LadderStanding& standing, bool paused) {
    Json colours = Json::object();
    for (Criterion& criterion : criteria_) {
      const Colour colour = standing.colour_of(criterion.id);
      colours.add(criterion.id, projection::to_json(colour));
      if (!paused) ++criterion.counts[static_cast<std::size_t>(colour)];
    }
    return colours;
  }

  Json json() const {
    Json list = Json::array();
    for (const Criterion& criterion : criteria_) {
      Json entry = Json::object().add("criterion", criterion.id).add("step", criterion.step);
      for (std::size_t colour = 0; colour < criterion.counts.size(); ++colour) {
        entry.add(domain::word_of(static_cast<Colour>(colour)), criterion.counts[colour]);
      }
      list.push(std::move(entry));
    }
    return list;
  }

 private:
  struct Criterion {
    std::string id;
    std::int64_t step = 1;
    Colours counts;
  };
  std::vector<Criterion> criteria_;  // In the ladder's order.
};

Result<Answer> answer_ladder(const Question& question) {
  const std::string& ladder = *question.options.text("ladder");
  LIGGARE_TRY(const auto version, ladder_on(question.rows, ladder, question.as_of));
  LIGGARE_TRY(
      const Places places,
      paused_by_participant_and_unit(question.rows, question.options.text("unit"), question.as_of));
  Participants participants;
  for (const auto& [key, paused] : places) participants.insert(key.first);
  LIGGARE_TRY(const Standings standings,
              standings_on(question.rows, ladder, question.as_of, participants));
  const LadderStanding untouched;
  Summary summary(version);
  Answer answer;
  for (const auto& [key, paused] : places) {
    const auto& [participant, unit] = key;
    const auto found = standings.find(participant);
    const LadderStanding& standing = found == standings.end() ? untouched : found->second;
    Json steps = Json::array();
    for (const auto& [step, day] : standing.completed_steps) steps.push(step);
    answer.rows.push(Json::object()
                         .add("participant", participant)
                         .add("unit", unit)
                         .add("paused", paused)
                         .add("criteria", summary.take(standing, paused))
                         .add("completedSteps", std::move(steps)));
  }
  answer.extras.add("summary", summary.json());
  return answer;
}

}  // namespace

projection::Report ladder_report() {
  using enum projection::OptionKind;
  using enum projection::Presence;
  return {"ladder",
          {{"ladder", ladder, required}, {"unit", unit}},
          {"participant", "unit", "paused", "criteria", "completedSteps"},
          2,
          {"definitions", "enrolments", "progress"},
          answer_ladder,
          public_ladder};
}

}  // namespace liggare::projections
