// The last write to a write-ahead log or a manifest that a power cut has torn.
#pragma once

#include <rocksdb/env.h>

#include <filesystem>
#include <memory>

namespace liggare::store {

// A cut may leave the beginning of what was being written, and zeros from some sector on up to the
// file's end. RocksDB refuses that as damage, though it was never synced, so nothing that was
// acknowledged is in it. Gives an Env that shows such files of `log` as ending before the torn
// record, which must live as long as the database that is opened with it; null where none is torn.
// A record that was whole and has changed is not taken for torn: zeros do not follow inside of it.
std::unique_ptr<rocksdb::Env> without_torn_tails(rocksdb::Env& env,
                                                 const std::filesystem::path& log);

}  // namespace liggare::store
