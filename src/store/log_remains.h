// What can still be read of a log that EventLog refuses to serve: how far it had come, and which
// history it was. Proves nothing, and is enough to see that a backup is older.
#pragma once

#include <filesystem>
#include <memory>

#include "base/result.h"
#include "merkle/tree.h"
#include "store/ledger_identity.h"

namespace liggare::store {

class Database;

class LogRemains {
 public:
  // Reads only, and HEAD not at all. Fails where RocksDB can't open the log, or nothing in it says
  // what it is.
  static Result<LogRemains> open(const std::filesystem::path& folder);

  const LedgerIdentity& identity() const { return identity_; }
  const merkle::TreeHead& head() const { return head_; }
  // Requires size ≤ that of head(). corrupt where that part of the tree is lost.
  Result<Hash> root_at(std::uint64_t size) const;

 private:
  LogRemains(std::shared_ptr<const Database> database, LedgerIdentity identity,
             merkle::TreeHead head)
      : database_(std::move(database)), identity_(std::move(identity)), head_(head) {}

  std::shared_ptr<const Database> database_;
  LedgerIdentity identity_;
  merkle::TreeHead head_;
};

}  // namespace liggare::store
