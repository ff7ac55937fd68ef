// The projections that this program knows, for whoever verifies seals and kept rows.
#pragma once

#include <vector>

#include "projection/projection.h"

namespace liggare::ledger {

const std::vector<projection::Projection>& known_projections();

}  // namespace liggare::ledger
