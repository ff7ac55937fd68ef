// How RocksDB is set up, and why. Internal to store.
#pragma once

#include <rocksdb/db.h>

#include <vector>

#include "store/keys.h"

namespace liggare::store {

enum class WhenMissing { fail, create };

// For the event log: refuses damage rather than skipping it.
rocksdb::DBOptions log_options(rocksdb::Env* env, WhenMissing when_missing);
// "default", which RocksDB insists on and which stays empty, then the families in Family's order.
std::vector<rocksdb::ColumnFamilyDescriptor> log_families();

// For rows that can be rebuilt: opens what is whole, whatever happened to the tail.
rocksdb::Options row_options(rocksdb::Env* env, WhenMissing when_missing);

// All that one append writes, in one synced batch.
rocksdb::WriteOptions synced_write();
// With per-key checksums from here to the memtable.
rocksdb::WriteBatch protected_batch();

}  // namespace liggare::store
