#include "projections/all.h"

#include "projections/goals.h"
#include "projections/history.h"
#include "projections/places.h"
#include "projections/referrals.h"
#include "projections/state.h"

namespace liggare::projections {

const std::vector<projection::Projection>& all_projections() {
  static const std::vector<projection::Projection> projections{
      places_projection(), goals_projection(), referrals_projection()};
  return projections;
}

const std::vector<projection::Report>& all_reports() {
  static const std::vector<projection::Report> reports{
      places_report(), targets_report(), reconcile_report(), history_report(), state_report()};
  return reports;
}

}  // namespace liggare::projections
