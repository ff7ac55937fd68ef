// The report `state`: where one participant stood on a day (contract, section 4, report 14).
#pragma once

#include "projection/report.h"

namespace liggare::projections {

projection::Report state_report();

}  // namespace liggare::projections
