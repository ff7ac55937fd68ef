// The report `stalled`: enrolments without movement (contract, section 4, report 6).
#pragma once

#include <vector>

#include "projection/report.h"
#include "projections/participants.h"

namespace liggare::projections {

struct StalledEnrolment {
  std::string participant;
  std::string enrolment;
  std::string unit;
  Day last_movement = Day::first();
  std::int64_t days = 0;
};

// Enrolments active and not paused on `as_of` with at least `days` without movement, in the order
// of participants and enrolments.
std::vector<StalledEnrolment> stalled_enrolments(const std::vector<EnrolmentRow>& enrolments,
                                                 const std::vector<MovementsRow>& movements,
                                                 Day as_of, std::int64_t days);

projection::Report stalled_report();

}  // namespace liggare::projections
