// The report `disclosures`: what was told to whom, and whether its basis held on that day
// (contract, section 4, report 10).
#pragma once

#include "projection/report.h"

namespace liggare::projections {

projection::Report disclosures_report();

}  // namespace liggare::projections
