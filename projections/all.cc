#include "projections/all.h"

#include "projections/agreements.h"
#include "projections/bottlenecks.h"
#include "projections/consents.h"
#include "projections/deadlines.h"
#include "projections/definitions.h"
#include "projections/disclosures.h"
#include "projections/duration.h"
#include "projections/flow.h"
#include "projections/goals.h"
#include "projections/history.h"
#include "projections/ladder.h"
#include "projections/late.h"
#include "projections/occupancy.h"
#include "projections/participants.h"
#include "projections/places.h"
#include "projections/retention.h"
#include "projections/stalled.h"
#include "projections/state.h"

namespace liggare::projections {

const std::vector<projection::Projection>& all_projections() {
  static const std::vector<projection::Projection> projections{
      places_projection(),      goals_projection(),     agreements_projection(),
      definitions_projection(), referrals_projection(), enrolments_projection(),
      placements_projection(),  progress_projection(),  consents_projection(),
      disclosures_projection(), late_projection(),      deadlines_projection(),
      retention_projection()};
  return projections;
}

// In the contract's order (section 4).
const std::vector<projection::Report>& all_reports() {
  static const std::vector<projection::Report> reports{
      places_report(),   targets_report(),     reconcile_report(),   occupancy_report(),
      ladder_report(),   stalled_report(),     bottlenecks_report(), duration_report(),
      consents_report(), disclosures_report(), flow_report(),        late_report(),
      history_report(),  state_report(),       retention_report(),   deadlines_report()};
  return reports;
}

}  // namespace liggare::projections
