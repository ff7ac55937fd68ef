// Re-reads every stored byte of a ledger and says what holds and what does not (evidence,
// section 7). Reads only; runs beside a writer. docs/verification.md explains what it finds.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "inspect/statement.h"
#include "merkle/tree.h"
#include "merkle/verifier_key.h"
#include "projection/projection.h"

namespace liggare::inspect {

// One discrepancy, located.
struct Finding {
  std::string code;      // Of finding_codes.h: "leaf-differs", "stream-index" …
  std::string place;     // "event 812 of participant/P7", "log/000012.sst", "HEAD slot 1" …
  std::string expected;  // Hashes in hex, numbers, or empty.
  std::string found;
};

// A signed note that was kept outside the ledger, as it was given.
struct GivenCheckpoint {
  std::string name;  // What to call it: "friday.checkpoint".
  std::string note;
};

// A log's key, and whose word it is.
struct TrustedKey {
  merkle::VerifierKey key;
  Remark trust;
};

enum class Phase { events, rules, seals, projections };

struct VerifyOptions {
  std::filesystem::path ledger;
  unsigned threads = 0;  // 0: as many as there are cores.
  // Called from one thread at a time, phase by phase, with how much of it is done: events, of the
  // last two phases seals and projections. `done` never falls within a phase.
  std::function<void(Phase phase, std::uint64_t done, std::uint64_t total)> progress;
  // Where the signer keeps what it signed last; empty: nowhere.
  std::filesystem::path keys = {};
  // What given checkpoints are signed with; where there is none, any key that the ledger names as
  // its own: the one in `keys`, and those before and after each change of the key.
  std::optional<TrustedKey> key = {};
  std::vector<GivenCheckpoint> checkpoints = {};
  // A checkpoint whose events are believed: only what came after it is read again. Where it does
  // not hold, that is a finding, and everything is read.
  std::optional<GivenCheckpoint> since = {};
  // Checkpoints of the access log's years, signed with `access_key`, or the key that SIGNED.access
  // in `keys` names. For a full verification.
  std::vector<GivenCheckpoint> access_checkpoints = {};
  std::optional<merkle::VerifierKey> access_key = {};
  // Also judges every event anew, and checks every seal, every change of the key and every kept
  // row. Not together with `since`.
  bool is_full = false;
  std::vector<projection::Projection> projections = {};  // All that seals and kept rows may name.
  std::size_t findings_kept_max = 100;
};

struct VerifyReport {
  merkle::TreeHead head;
  std::string origin;
  std::string head_policy;              // "floor" or "strict".
  std::vector<Finding> findings;        // Empty: everything checked holds. The first hundred.
  std::uint64_t findings_not_kept = 0;  // How many more there are.
  std::vector<Remark> checked;
  std::vector<Remark> not_checked;
  std::vector<Remark> trust;  // On whose word given checkpoints rest.
  // The events that a given checkpoint covers, and holds: only after them can history have been
  // rewritten with hashes that fit. None where none was given.
  std::optional<std::uint64_t> covered;
};

// An error only where the ledger can't be read at all: not_found for a folder that is no ledger,
// unsupported for a newer format, io for want of permission, disk or memory; invalid_argument for
// a given checkpoint that is none, is another ledger's or is not signed by the key, and for
// options that do not go together. A damaged ledger is a report with findings, also when RocksDB
// refuses to open it.
Result<VerifyReport> verify(const VerifyOptions& options);

}  // namespace liggare::inspect
