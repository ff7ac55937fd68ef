// The ledger's own files beside RocksDB's, on the disk that RocksDB uses: tests put another under
// both. Internal to store.
#pragma once

#include <rocksdb/env.h>

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace liggare::store {

rocksdb::Env& env_or_default(rocksdb::Env* env);

// not_found where the file or folder is not there, else io: "<what> <file>: <reason>". Requires a
// failed status.
Unexpected<Error> file_failure(std::string_view what, const std::filesystem::path& file,
                               const rocksdb::Status& status);

// corrupt where a name in `folder` stands for a pipe, a socket or a device: whoever opens it may
// wait for ever. A folder that is not there has none.
Result<void> check_for_pipes(const std::filesystem::path& folder);

// Up to `size_max` bytes from the file's beginning. io where it is a pipe, a socket or a device.
Result<std::string> read_beginning(rocksdb::Env& env, const std::filesystem::path& file,
                                   std::size_t size_max);

// Durable once the folder is synced too. invalid_argument where there is such a file.
Result<void> write_new_file(rocksdb::Env& env, const std::filesystem::path& file,
                            std::string_view bytes);

// Names created, renamed or removed in `folder` are durable once it returns.
Result<void> sync_folder(rocksdb::Env& env, const std::filesystem::path& folder);

}  // namespace liggare::store
