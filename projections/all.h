// The explicit list of projections and reports: nothing registers itself.
#pragma once

#include <vector>

#include "projection/projection.h"
#include "projection/report.h"

namespace liggare::projections {

const std::vector<projection::Projection>& all_projections();
const std::vector<projection::Report>& all_reports();

}  // namespace liggare::projections
