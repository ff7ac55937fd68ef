// Re-reads every stored byte of a ledger and says what holds and what does not (evidence,
// section 7). Reads only; runs beside a writer.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "merkle/tree.h"

namespace liggare::inspect {

// One discrepancy, located.
struct Finding {
  std::string code;      // "leaf-differs", "stream-index", "file-damaged" …
  std::string place;     // "event 812 of participant/P7", "log/000012.sst", "HEAD slot 1" …
  std::string expected;  // Hashes in hex, numbers, or empty.
  std::string found;
};

struct VerifyOptions {
  std::filesystem::path ledger;
  unsigned threads = 0;  // 0: as many as there are cores.
  // Called from one thread at a time, with the number of events examined; `done` never falls.
  std::function<void(std::uint64_t done, std::uint64_t total)> progress;
};

struct VerifyReport {
  merkle::TreeHead head;
  std::string origin;
  std::string head_policy;               // "floor" or "strict".
  std::vector<Finding> findings;         // Empty: everything checked holds. The first hundred.
  std::uint64_t findings_not_kept = 0;   // How many more there are.
  std::vector<std::string> checked;      // What was checked, one phrase each: "25215 leaf hashes".
  std::vector<std::string> not_checked;  // What was not: "projections", "vault" …
};

// An error only where the ledger can't be read at all: not_found for a folder that is no ledger,
// unsupported for a newer format, io for want of permission, disk or memory. A damaged ledger is a
// report with findings, also when RocksDB refuses to open it.
Result<VerifyReport> verify(const VerifyOptions& options);

}  // namespace liggare::inspect
