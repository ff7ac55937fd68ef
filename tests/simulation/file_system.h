// The simulated disk as RocksDB wants to see one.
#pragma once

#include <rocksdb/file_system.h>

#include <memory>

#include "tests/simulation/disk.h"

namespace liggare::simulation {

// `disk` must outlive it.
std::shared_ptr<rocksdb::FileSystem> file_system_over(Disk& disk);

}  // namespace liggare::simulation
