// The report `stalled`: enrolments without movement (contract, section 4, report 6).
#pragma once

#include <optional>
#include <string>
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

// Which enrolments stand still on a day: those active and not paused with at least `days` without
// movement.
class Standstill {
 public:
  static Result<Standstill> read(const projection::RowSource& rows, Day as_of, std::int64_t days);
  // Nothing for an enrolment that does not.
  std::optional<StalledEnrolment> judge(const EnrolmentRow& enrolment) const;

 private:
  struct LastMovement {
    std::string participant;
    Day day = Day::first();
  };

  Standstill(Day as_of, std::int64_t days) : as_of_(as_of), days_(days) {}
  // The latest of the enrolment's start and the participant's movements until the day.
  Day last_movement(const EnrolmentRow& enrolment) const;

  Day as_of_;
  std::int64_t days_;
  std::vector<LastMovement> movements_;  // In the order of participants.
};

projection::Report stalled_report();

}  // namespace liggare::projections
