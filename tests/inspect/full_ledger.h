// A ledger of a random history that the rules have taken, and more that they need not have.
#pragma once

#include <memory>

#include "projections/all.h"
#include "tests/inspect/inspected_ledger.h"
#include "tests/inspect/scribe.h"
#include "tests/support/random_history.h"

namespace liggare::inspect {

class FullLedger : public InspectedLedger {
 protected:
  void SetUp() override {
    create();
    scribe_ = std::make_unique<Scribe>(open());
    scribe_->add_all(test::random_history(7).ledger.events());
  }

  Scribe& scribe() { return *scribe_; }

  static VerifyOptions in_full() {
    VerifyOptions options;
    options.is_full = true;
    options.projections = projections::all_projections();
    return options;
  }
  // Closes the ledger first.
  VerifyReport full_report(VerifyOptions options = in_full()) {
    scribe_.reset();
    return report(std::move(options));
  }

 private:
  std::unique_ptr<Scribe> scribe_;
};

}  // namespace liggare::inspect
