// The report `consents`: what participants have consented to (contract, section 4, report 9).
#pragma once

#include "projection/report.h"

namespace liggare::projections {

projection::Report consents_report();

}  // namespace liggare::projections
