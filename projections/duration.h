// The report `duration`: placements that ran longer than the policy allows (contract, section 4,
// report 8).
#pragma once

#include "projection/report.h"

namespace liggare::projections {

projection::Report duration_report();

}  // namespace liggare::projections
