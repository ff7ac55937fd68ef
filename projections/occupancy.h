// The report `occupancy`: how full each line of the agreements was, day by day, and where it held
// more than it may (contract, section 4, report 4).
#pragma once

#include "projection/report.h"

namespace liggare::projections {

projection::Report occupancy_report();

}  // namespace liggare::projections
