// The report `bottlenecks`: on which step of a ladder participants wait, unit by unit (contract,
// section 4, report 7).
#pragma once

#include "projection/report.h"

namespace liggare::projections {

projection::Report bottlenecks_report();

}  // namespace liggare::projections
