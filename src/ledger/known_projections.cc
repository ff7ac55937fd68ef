#include "ledger/known_projections.h"

#include "projections/all.h"

namespace liggare::ledger {

const std::vector<projection::Projection>& known_projections() {
  return projections::all_projections();
}

}  // namespace liggare::ledger
