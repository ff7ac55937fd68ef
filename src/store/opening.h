// What must hold before a log is served: it is whole, and HEAD's tree is a prefix of it.
//
// Internal to store and to inspect.
#pragma once

#include <filesystem>
#include <optional>

#include "merkle/tree.h"
#include "store/head_file.h"
#include "store/ledger_identity.h"
#include "store/rocks/database.h"
#include "store/tree_growth.h"

namespace liggare::store {

// The identity that the log was made with; not_found where it holds none.
Result<LedgerIdentity> stored_identity(const Database& database);
// That of the identity; where there is none to be read, as what is stored looks.
TreeLayout layout_in(const Database& database);
Result<merkle::TreeHead> stored_head(const Database& database);

// What DIR/HEAD says; no value where there is no file. corrupt where no slot is good.
Result<std::optional<HeadReading>> read_floor(const std::filesystem::path& file, rocksdb::Env* env);

// The stored tree, ready to grow, after these checks, each corrupt with what to do:
// the log is not shorter than HEAD; no family has lost an entry; the root at HEAD's size is HEAD's;
// the leaves after it hash to the stored tree; the stored head is that tree's.
Result<TreeGrowth> check_log(const Database& database, TreeLayout layout,
                             const std::optional<HeadReading>& floor);

// The write-ahead log is durable once it returns, so that what was read from it is, too.
Result<void> sync_write_ahead_log(const std::filesystem::path& folder);

}  // namespace liggare::store
