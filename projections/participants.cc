#include "projections/participants.h"

namespace liggare::projections {
namespace {

using domain::ParticipantFacts;
using domain::StreamKind;
using projection::Projection;
using projection::RowSink;
using projection::StreamStory;
using projection::table_of;

template <auto facts_by_id>
void put_facts(const StreamStory& story, RowSink& sink) {
  for (const auto& [id, fact] : story.facts.*facts_by_id) {
    sink.put(FactRow<std::remove_cvref_t<decltype(fact)>>{story.subject.id, id, fact});
  }
}

bool is_of_flow(domain::EventType type) {
  const std::string_view name = domain::name_of(type);
  return name.starts_with("referral.") || name.starts_with("enrolment.");
}

void fold_enrolments(const StreamStory& story, RowSink& sink) {
  put_facts<&ParticipantFacts::enrolments>(story, sink);
  FlowDaysRow row{story.subject.id, {}};
  for (const domain::AmendedEvent& event : story.timeline) {
    if (!is_of_flow(event.event->event.type())) continue;
    if (row.days.empty() || row.days.back() != event.effective) row.days.push_back(event.effective);
  }
  if (!row.days.empty()) sink.put(row);
}

void fold_progress(const StreamStory& story, RowSink& sink) {
  put_facts<&ParticipantFacts::ladders>(story, sink);
  if (!story.facts.movements.empty()) {
    sink.put(MovementsRow{story.subject.id, story.facts.movements});
  }
}

void fold_disclosures(const StreamStory& story, RowSink& sink) {
  put_facts<&ParticipantFacts::disclosures>(story, sink);
  put_facts<&ParticipantFacts::shields>(story, sink);
}

}  // namespace

Result<Standings> standings_on(const projection::RowSource& rows, std::string_view ladder, Day day,
                               const Participants& participants) {
  const auto is_wanted = [&](std::string_view key) {
    const auto [participant, of] = projection::split_key(key);
    return of == ladder && participants.contains(participant);
  };
  Standings standings;
  LIGGARE_CHECK(projection::each_row_if<ProgressRow>(rows, is_wanted, [&](ProgressRow& row) {
    standings.emplace_hint(standings.end(), std::move(row.participant), row.fact.standing_on(day));
  }));
  return standings;
}

Projection referrals_projection() {
  return {"referrals",
          2,
          {StreamKind::participant},
          {table_of<ReferralRow>()},
          put_facts<&ParticipantFacts::referrals>};
}

Projection enrolments_projection() {
  return {"enrolments",
          1,
          {StreamKind::participant},
          {table_of<EnrolmentRow>(), table_of<FlowDaysRow>()},
          fold_enrolments};
}

Projection placements_projection() {
  return {"placements",
          1,
          {StreamKind::participant},
          {table_of<PlacementRow>()},
          put_facts<&ParticipantFacts::placements>};
}

Projection progress_projection() {
  return {"progress",
          1,
          {StreamKind::participant},
          {table_of<MovementsRow>(), table_of<ProgressRow>()},
          fold_progress};
}

Projection consents_projection() {
  return {"consents",
          1,
          {StreamKind::participant},
          {table_of<ConsentRow>()},
          put_facts<&ParticipantFacts::consents>};
}

Projection disclosures_projection() {
  return {"disclosures",
          1,
          {StreamKind::participant},
          {table_of<DisclosureRow>(), table_of<ShieldRow>()},
          fold_disclosures};
}

}  // namespace liggare::projections
