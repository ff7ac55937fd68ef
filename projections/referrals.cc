#include "projections/referrals.h"

#include "domain/participant_facts.h"

namespace liggare::projections {
namespace {

void fold(const projection::StreamStory& story, projection::RowSink& sink) {
  const auto facts = domain::participant_facts(story.timeline);
  for (const auto& [id, fact] : facts.referrals) {
    sink.put(ReferralRow{story.subject.id, id, fact.received});
  }
}

}  // namespace

projection::Projection referrals_projection() {
  return {"referrals",
          1,
          {domain::StreamKind::participant},
          {projection::table_of<ReferralRow>()},
          fold};
}

}  // namespace liggare::projections
