// A log that is made of leaves, one after another, through the store's own appender.
//
// Internal to ledger.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "merkle/tree.h"
#include "store/event_log.h"

namespace liggare::ledger {

class RestoredTree {
 public:
  enum class Leaves { events, access_records };

  // Makes an empty log in `folder`, which must be new or empty.
  static Result<RestoredTree> make(const std::filesystem::path& folder,
                                   const store::LedgerIdentity& identity, Leaves leaves);

  // Stores them as they are; corrupt where one is no record. Durable once it returns.
  Result<void> add(std::span<const std::string_view> leaves);
  // The first `size` leaves of another log of the same kind.
  Result<void> add_from(const store::EventLog& from, std::uint64_t size);

  merkle::TreeHead head() const { return log_->head(); }
  Result<Hash> root_at(std::uint64_t size) const;

 private:
  RestoredTree(std::unique_ptr<store::EventLog> log, Leaves leaves)
      : log_(std::move(log)), leaves_(leaves) {}

  std::unique_ptr<store::EventLog> log_;
  Leaves leaves_;
  std::map<std::string, std::uint64_t> versions_;  // Access records do not say theirs.
};

// The root that a log had at `size`.
Result<Hash> root_at(const store::EventLog& log, std::uint64_t size);

}  // namespace liggare::ledger
