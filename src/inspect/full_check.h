// The checks of --full: rules, seals, changes of the key, kept rows. Internal to inspect.
//
// They read the log as a reader is served it, so they come after the checks that it is whole.
#pragma once

#include "inspect/access_signed.h"
#include "inspect/checkpoint_check.h"
#include "inspect/organisation.h"
#include "projection/kept_rows.h"
#include "store/event_log.h"

namespace liggare::inspect {

// What each of these checks works on and adds to.
struct FullExamination {
  const VerifyOptions& options;
  const store::EventLog& log;
  std::uint64_t size;  // Events at positions below it are examined.
  const Organisation& organisation;
  const std::vector<SignedYear>& signed_years;
  FindingList& findings;
  VerifyReport& report;  // All but the findings.

  void tell_progress(Phase phase, std::uint64_t done, std::uint64_t total) const {
    if (options.progress) options.progress(phase, done, total);
  }
};

// Requires a log of at least `size` events in which nothing is damaged.
Result<void> check_in_full(const VerifyOptions& options, std::uint64_t size,
                           const SignerState& signer, FindingList& findings, VerifyReport& report);

// Every event judged anew by the rules, with what was known at its position.
Result<void> check_rules(const FullExamination& examination);
// Every ledger.sealed: its claims computed anew.
Result<void> check_seals(const FullExamination& examination);
// Every ledger.key-rotated: its signatures and its tree head, and that keys follow on each other.
Result<void> check_rotations(const FullExamination& examination, const SignerState& signer);
// Kept rows against rows folded anew. `kept` is opened before the log, so that it is not ahead.
Result<void> check_kept_rows(const FullExamination& examination, const projection::KeptRows& kept);

}  // namespace liggare::inspect
