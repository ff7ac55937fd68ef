#include "projection/projection.h"

#include <algorithm>

namespace liggare::projection {

bool concerns_any(std::span<const Projection> projections, domain::StreamKind kind) {
  return std::any_of(projections.begin(), projections.end(),
                     [kind](const Projection& projection) { return projection.concerns(kind); });
}

void fold_stream(std::span<const Projection> projections, const domain::Subject& subject,
                 std::span<const domain::RecordedEventPtr> events, RowSink& sink) {
  if (events.empty() || !concerns_any(projections, subject.kind)) return;
  const domain::Timeline timeline = domain::timeline_of(events);
  domain::ParticipantFacts facts;
  if (subject.kind == domain::StreamKind::participant) facts = domain::participant_facts(timeline);
  for (const Projection& projection : projections) {
    if (projection.concerns(subject.kind))
      projection.fold({subject, events, timeline, facts}, sink);
  }
}

void fold_stream(std::span<const Projection> projections, const domain::Subject& subject,
                 std::span<const domain::RecordedEventPtr> events, Rows& rows) {
  RowsSink sink(rows);
  fold_stream(projections, subject, events, sink);
}

}  // namespace liggare::projection
