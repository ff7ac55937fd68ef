// A hole in a write-ahead log, which RocksDB would pass over without a word.
#pragma once

#include <rocksdb/env.h>

#include <filesystem>

#include "base/result.h"

namespace liggare::store {

// RocksDB takes seven zeros at the place of a record for room that was set aside, and skips all to
// the next block. A power loss leaves zeros at a file's end; a write that landed at the wrong place
// may leave them in its middle, and HEAD can't tell where it was HEAD's own that went astray.
// corrupt where anything but zeros stands behind such a place. Call it before RocksDB opens `log`,
// the folder of its files: afterwards they are gone.
Result<void> check_for_gaps(rocksdb::Env& env, const std::filesystem::path& log);

}  // namespace liggare::store
