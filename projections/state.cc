#include "projections/state.h"

#include "domain/participant_facts.h"
#include "projection/row_json.h"

namespace liggare::projections {
namespace {

using domain::ParticipantFacts;
using projection::Answer;
using projection::Question;
using projection::to_json;

Json referrals(const ParticipantFacts& facts) {
  Json list = Json::array();
  for (const auto& [id, fact] : facts.referrals) {
    list.push(Json::object()
                  .add("referral", id)
                  .add("source", to_json(fact.source))
                  .add("state", to_json(fact.state)));
  }
  return list;
}

Json enrolments(const ParticipantFacts& facts) {
  Json list = Json::array();
  for (const auto& [id, fact] : facts.enrolments) {
    list.push(Json::object()
                  .add("enrolment", id)
                  .add("programme", fact.programme)
                  .add("unit", fact.unit())
                  .add("state", to_json(fact.state))
                  .add("from", fact.start)
                  .add("to", fact.end));
  }
  return list;
}

Json plans(const ParticipantFacts& facts) {
  Json list = Json::array();
  for (const auto& [id, fact] : facts.plans) {
    list.push(Json::object()
                  .add("plan", id)
                  .add("planKind", to_json(fact.kind))
                  .add("owner", fact.owner)
                  .add("revision", fact.revision)
                  .add("state", to_json(fact.state)));
  }
  return list;
}

Json ladders(const ParticipantFacts& facts) {
  Json ladders = Json::object();
  for (const auto& [id, fact] : facts.ladders) {
    if (fact.standing.criteria.empty() && fact.standing.completed_steps.empty()) continue;
    Json criteria = Json::object();
    for (const auto& [criterion, colour] : fact.standing.criteria)
      criteria.add(criterion, to_json(colour));
    Json steps = Json::array();
    for (const auto& [step, day] : fact.standing.completed_steps) steps.push(step);
    ladders.add(id, Json::object()
                        .add("criteria", std::move(criteria))
                        .add("completedSteps", std::move(steps)));
  }
  return ladders;
}

Json placements(const ParticipantFacts& facts) {
  Json list = Json::array();
  for (const auto& [id, fact] : facts.placements) {
    list.push(Json::object()
                  .add("placement", id)
                  .add("place", fact.place)
                  .add("kind", to_json(fact.kind))
                  .add("start", fact.start)
                  .add("plannedEnd", fact.planned_end)
                  .add("end", fact.end)
                  .add("state", fact.end ? "ended" : "running"));
  }
  return list;
}

Json consents(const ParticipantFacts& facts, Day as_of) {
  Json list = Json::array();
  for (const auto& [id, fact] : facts.consents) {
    list.push(
        Json::object().add("consent", id).add("state", to_json(domain::state_on(fact, as_of))));
  }
  return list;
}

Json last_assessment(const ParticipantFacts& facts) {
  if (!facts.last_assessment) return {};
  const auto& [recorded, day] = *facts.last_assessment;
  Json scores = Json::object();
  for (const domain::Score& score : recorded.scores) scores.add(score.indicator, score.score);
  return Json::object()
      .add("instrument", recorded.instrument)
      .add("effective", day)
      .add("scores", std::move(scores));
}

Result<Answer> answer_state(const Question& question) {
  const std::string& participant = *question.options.text("participant");
  LIGGARE_TRY(const domain::Stream stream,
              question.stream({domain::StreamKind::participant, participant}));
  const domain::Timeline timeline = domain::timeline_of(stream);
  const ParticipantFacts facts = domain::participant_facts(domain::until(timeline, question.as_of));
  Answer answer;
  answer.rows.push(Json::object()
                       .add("participant", participant)
                       .add("referrals", referrals(facts))
                       .add("enrolments", enrolments(facts))
                       .add("consultant", facts.consultant)
                       .add("plans", plans(facts))
                       .add("path", facts.path)
                       .add("ladders", ladders(facts))
                       .add("placements", placements(facts))
                       .add("consents", consents(facts, question.as_of))
                       .add("lastAssessment", last_assessment(facts)));
  return answer;
}

}  // namespace

projection::Report state_report() {
  using enum projection::OptionKind;
  using enum projection::Presence;
  return {"state",
          {{"participant", participant, required}},
          {"participant", "referrals", "enrolments", "consultant", "plans", "path", "ladders",
           "placements", "consents", "lastAssessment"},
          1,
          {},
          answer_state};
}

}  // namespace liggare::projections
