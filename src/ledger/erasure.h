// Forgetting: personal data are erased by destroying their keys, in steps that survive a crash
// (evidence, section 2).
//
// Decided by one person and executed by another. The vault is told first and fences; the keys are
// destroyed; every reachable copy is tried; a signed certificate says what was found; and only then
// the ledger says erasure.executed. Whatever was interrupted, resume_erasures() ends.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ledger/erasure_check.h"
#include "ledger/ledger.h"
#include "vault/erasure.h"

namespace liggare::ledger {

struct ErasureProposal {
  std::string participant;  // Its bare id.
  // One of the two: whole classes, or events with all that they hold.
  std::optional<std::vector<PersonalClass>> classes;
  std::optional<std::vector<std::string>> targets;
  domain::ErasureReason reason = domain::ErasureReason::retention;
  std::string decision;  // A code: the document that says so.
  std::string actor;     // staff/ID
};

// Why an erasure can't be: held and must-be-kept, or the code of the ledger's own refusal.
struct ErasureRefusal {
  std::string code;
  std::string detail;
};

// Appends erasure.decided; nothing else changes. denied where the actor's roles don't allow it,
// not_found for an unknown participant or target, invalid_argument for a target with no personal
// data. In write mode.
Result<Result<Receipt, ErasureRefusal>> decide_erasure(Ledger& ledger,
                                                       const ErasureProposal& proposal);

struct ExecutedErasure {
  DecidedErasure erasure;  // With its execution.
  std::string actor;
  vault::Destroyed destroyed;
  std::uint64_t sections = 0;
  std::vector<CheckedPlace> places;
  std::filesystem::path certificate;
  bool was_done = false;  // Before this call.
  // The ledger had it as executed, and an older state of the vault, put back, had the keys again.
  // Then actor, destroyed, places and certificate are of this time.
  bool again = false;
};

struct ErasureOrder {
  std::string decision;  // The id of the erasure.decided event.
  std::string actor;     // staff/ID, another than who decided it.
  // Told of each step that has become durable, for tests that stop there.
  std::function<void()> at_step = {};
};

// Ends what was begun where it was interrupted. Where it is executed, does nothing, unless the
// vault's keys came back (erasure_arrears.h): then they are destroyed again, whatever holds say,
// and a further certificate is written. denied as decide_erasure(), and where the same person
// decided it; vault_unavailable without a vault. Refused where a hold covers it, a rule to keep
// forbids it, or another erasure of the participant is under way or took part of it. After a
// failure the erasure stays fenced: resume it. In write mode.
Result<Result<ExecutedErasure, ErasureRefusal>> execute_erasure(Ledger& ledger,
                                                                const ErasureOrder& order);

// Ends every erasure that was begun and not finished. In write mode.
Result<std::vector<Result<ExecutedErasure, ErasureRefusal>>> resume_erasures(
    Ledger& ledger, const std::string& actor, const std::function<void()>& at_step = {});

// DIR/erasures/<decision>.certificate
std::filesystem::path certificate_path(const Folders& folders, const std::string& decision);
// DIR/erasures/<decision>.again-<time>.certificate, where the time counts from 1.
std::filesystem::path certificate_path(const Folders& folders, const std::string& decision,
                                       int time);

}  // namespace liggare::ledger
