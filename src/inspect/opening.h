// Opens a log that may be damaged, as far as it can be opened. Internal to inspect.
//
// EventLog serves a log only if it is whole. An auditor wants to see what can be read of one that
// is not; so this layer reads through store's Database, and leaves judging to its own checks.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "inspect/finding_list.h"
#include "store/head_file.h"

namespace liggare::store {
class Database;
}

namespace liggare::inspect {

struct OpenedLog {
  std::unique_ptr<store::Database> database;  // Null where RocksDB refuses; then that is a finding.
  std::optional<store::HeadSlot> floor;       // The newest good slot of HEAD.
};

// What is wrong with HEAD's bytes, with RocksDB's own files, or by the rules that a log is served
// under becomes findings. What only seems so because a writer is at work is not believed: it is
// looked at again for as long as there is a writer, up to a second.
Result<OpenedLog> open_log(const std::filesystem::path& folder, FindingList& findings);

}  // namespace liggare::inspect
