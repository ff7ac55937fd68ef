// The writing side of the log: the lock, the growing tree, one synced batch per append, HEAD.
//
// Internal to store. Not thread-safe.
#pragma once

#include <memory>
#include <optional>
#include <span>

#include "merkle/tree.h"
#include "store/event_log.h"
#include "store/head_keeper.h"
#include "store/rocks/database.h"
#include "store/tree_growth.h"
#include "store/writer_lock.h"

namespace liggare::store {

class Appender {
 public:
  // `database` is shared with the readers of the same log.
  Appender(WriterLock lock, std::shared_ptr<Database> database, TreeGrowth tree, HeadFile head_file,
           HeadMode mode, HeadPace* pace);

  // As EventLog::append; the caller publishes the head.
  Result<merkle::TreeHead> append(std::span<const NewRecord> records);

 private:
  TreeGrowth fill_batch(std::span<const NewRecord> records);
  Unexpected<Error> poison(const Error& cause);

  WriterLock lock_;  // First: it is let go of when all else is closed.
  std::shared_ptr<Database> database_;
  TreeGrowth tree_;
  HeadKeeper head_keeper_;
  rocksdb::WriteBatch batch_;
  std::optional<Error> poisoned_;
};

}  // namespace liggare::store
