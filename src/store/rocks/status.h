// The one place where a rocksdb::Status becomes our Error. Internal to store.
#pragma once

#include <rocksdb/status.h>

#include <string>

#include "base/result.h"

namespace liggare::store {

// corrupt for a status that speaks of the stored bytes (a recorded file that is missing is one),
// io for one that speaks of the disk or the process. `folder` is taken off the file names.
// Requires a failed status.
Error error_from(const rocksdb::Status& status, const std::string& folder);

}  // namespace liggare::store
