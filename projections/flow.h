// The report `flow`: referrals in, enrolments started, ended and active, period by period
// (contract, section 4, report 11).
#pragma once

#include "projection/report.h"

namespace liggare::projections {

projection::Report flow_report();

}  // namespace liggare::projections
