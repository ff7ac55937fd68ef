// The report `ladder`: where each participant of a unit stands on a ladder (contract, section 4,
// report 5).
#pragma once

#include "projection/report.h"

namespace liggare::projections {

projection::Report ladder_report();

}  // namespace liggare::projections
