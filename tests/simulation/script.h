// What the clients of a simulated ledger send: new events, events sent again, events that must be
// refused, alone and in batches.
#pragma once

#include <set>
#include <string>

#include "tests/simulation/model.h"
#include "tests/support/chance.h"

namespace liggare::simulation {

class Script {
 public:
  explicit Script(test::Chance& chance) : chance_(chance) {}

  Request next(const Model& model);
  // The same events again, with what is to be expected now.
  Request again(const Request& request, const Model& model);

 private:
  Wish fresh(const Model& model, const std::set<std::string>& new_subjects);
  Wish refused(const Model& model);

  test::Chance& chance_;
  int ids_ = 0;
};

}  // namespace liggare::simulation
