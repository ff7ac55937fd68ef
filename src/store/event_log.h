// The event log: records in order, their indexes and their Merkle tree, kept durably. Start here.
//
// Records are opaque bytes: they are stored as they come, hashed as they are stored, and never
// judged. One process appends; any number read beside it, and all they see is durable.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "merkle/tree.h"
#include "store/access.h"
#include "store/keys.h"
#include "store/ledger_identity.h"

namespace rocksdb {
class Env;
}

namespace liggare::store {

class Appender;
class Database;
class UpperBlocks;

struct CreateOptions {
  std::filesystem::path folder;
  LedgerIdentity identity;
  rocksdb::Env* env = nullptr;  // For tests; RocksDB's own where there is none.
};

struct OpenOptions {
  std::filesystem::path folder;
  Access access = Access::read_only;
  rocksdb::Env* env = nullptr;  // Must outlive the log.
};

// Borrowed for the call of append().
struct NewRecord {
  std::string_view event_id;
  std::string_view subject;
  std::uint64_t version = 0;  // The stream's next; 1 for its first event.
  std::string_view bytes;
  const Hash* leaf_hash = nullptr;  // Of the bytes; made where it is null.
};

// Positions from ≤ position < to.
struct PositionRange {
  std::uint64_t from = 0;
  std::uint64_t to = 0;
};

// Called with each element in order; an error stops the reading and is its result.
using RecordReader = std::function<Result<void>(std::uint64_t position, std::string_view bytes)>;
using SubjectReader = std::function<Result<void>(std::string_view subject, std::uint64_t count)>;
// A subject with the positions of its events, in version order; never none.
using StreamReader =
    std::function<Result<void>(std::string_view subject, std::vector<std::uint64_t> positions)>;
using EntryReader = std::function<Result<void>(std::string_view key, std::string_view value)>;

class EventLog {
 public:
  // Makes an empty ledger. invalid_argument unless the folder is new or empty.
  static Result<void> create(const CreateOptions& options);

  // not_found for a folder that is no ledger, unsupported for a newer format, busy where another
  // process writes, and corrupt, with what to do, where the log is not whole or HEAD's tree is not
  // a prefix of it (evidence, section 3).
  static Result<std::unique_ptr<EventLog>> open(const OpenOptions& options);

  EventLog(const EventLog&) = delete;
  EventLog& operator=(const EventLog&) = delete;
  ~EventLog();

  const LedgerIdentity& identity() const { return identity_; }

  // Writing: one thread at a time.

  // Stores `records` at the positions from head().tree_size on, all or none of them, durable once
  // it returns, and gives the new head. Requires Access::write, ids that are new and versions that
  // follow on: whoever gives positions out has judged that. After any error but invalid_argument
  // the outcome is unknown_outcome, and so is that of every later append.
  Result<merkle::TreeHead> append(std::span<const NewRecord> records);

  // Reads anew where HEAD shows that a writer has added events, and gives the head.
  Result<merkle::TreeHead> refresh();

  // Reading: thread-safe. Everything answers for the events below head().

  // How many should read it at once: one over a disk that tests put underneath, which is asked in
  // the same order every time.
  unsigned threads() const;

  // The newest durable head: at opening, after refresh(), or after an append.
  merkle::TreeHead head() const;

  // not_found at or after the head; corrupt for one that is missing before it.
  Result<std::string> record(std::uint64_t position) const;
  Result<std::vector<std::string>> records(std::span<const std::uint64_t> positions) const;
  Result<std::optional<std::uint64_t>> position_of(std::string_view event_id) const;

  // The positions below `size` of the subject's events, in version order. corrupt where versions
  // have a gap or positions do not rise.
  Result<std::vector<std::uint64_t>> stream(std::string_view subject, std::uint64_t size) const;

  // Every record in the range, read ahead. Requires from ≤ to ≤ head().tree_size, or it is
  // invalid_argument. corrupt at the first position that is missing.
  Result<void> scan(PositionRange range, const RecordReader& read) const;

  // Every stream that has events below `size` and whose subject stands after `after` in byte order,
  // in that order. corrupt where versions have a gap or positions do not rise.
  Result<void> streams(std::string_view after, std::uint64_t size, const StreamReader& read) const;

  // Each distinct subject in byte order, with how many events it has.
  Result<void> subjects(const SubjectReader& read) const;

  // The hash of a complete subtree of the head's tree; not_found for one that is not.
  Result<Hash> node(merkle::NodeId id) const;
  // Gives what node() gives, of the head as it is now, at a fraction of the cost where many nodes
  // of one way up the tree are asked for. Each reader is for one thread, and ends before the log.
  merkle::NodeReader proof_nodes() const;

  // For verification: nothing below is judged.

  // Every stored entry of a family, in byte order of the keys, also at or after the head.
  Result<void> entries(Family family, const EntryReader& read) const;

  // The table files whose bytes are not those that were written, relative to the folder.
  Result<std::vector<std::string>> check_files() const;

 private:
  struct View {
    std::shared_ptr<Database> database;  // Shared with reads that began before refresh().
    merkle::TreeHead head;
  };

  EventLog(OpenOptions options, LedgerIdentity identity, View view);
  static Result<std::unique_ptr<EventLog>> open_for_writing(const OpenOptions& options);
  static Result<std::unique_ptr<EventLog>> open_for_reading(const OpenOptions& options);
  static Result<View> open_view(const OpenOptions& options);
  static Result<View> open_view_beside_writer(const OpenOptions& options);

  View view() const;
  void publish(View view);

  const OpenOptions options_;
  const LedgerIdentity identity_;
  std::mutex refresh_mutex_;
  mutable std::mutex view_mutex_;
  View view_;
  const std::unique_ptr<UpperBlocks> upper_blocks_;  // For proofs.
  std::unique_ptr<Appender> appender_;               // None for a reader.
};

}  // namespace liggare::store
