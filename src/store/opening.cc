#include "store/opening.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>

#include "base/file_descriptor.h"
#include "store/stored_tree.h"

namespace liggare::store {
namespace {

constexpr const char* advice =
    "keep a copy of the folder as it is, and restore a backup that holds at least that much";

Unexpected<Error> corrupt(std::string message) {
  return fail(ErrorCode::corrupt, std::move(message));
}

Result<merkle::TreeHead> floor_of(const merkle::TreeHead& stored,
                                  const std::optional<HeadReading>& floor) {
  if (!floor && stored.tree_size > 0) {
    return corrupt(
        fmt::format("HEAD is missing beside a log of {} events, so nothing shows "
                    "whether the log is whole; {}",
                    stored.tree_size, advice));
  }
  const merkle::TreeHead head = floor ? floor->newest->head : merkle::TreeHead{};
  if (stored.tree_size < head.tree_size) {
    return corrupt(
        fmt::format("the log holds {} events, HEAD says that {} were stored: its tail "
                    "is lost; {}",
                    stored.tree_size, head.tree_size, advice));
  }
  return head;
}

// Every position, id, stream version and hash of the tree is written once and never again. So the
// entries that RocksDB counts show a table or a write-ahead file that dropped out of its manifest,
// which RocksDB itself may not notice.
Result<void> check_counts(const Database& database, TreeLayout layout, std::uint64_t size) {
  struct Expected {
    Family family;
    const char* name;
    std::uint64_t count;
  };
  for (const auto& [family, name, count] :
       {Expected{Family::events, "events", size}, Expected{Family::streams, "streams", size},
        Expected{Family::ids, "ids", size},
        Expected{Family::tree, "tree", tree_entries(layout, size)}}) {
    LIGGARE_TRY(const auto found, database.count(family));
    if (found != count) {
      return corrupt(fmt::format("the log's family {} has {} entries where {} events make {}; {}",
                                 name, found, size, count, advice));
    }
  }
  return {};
}

Result<merkle::Frontier> check_floor(const StoredTree& tree, const merkle::TreeHead& floor) {
  LIGGARE_TRY(auto frontier, merkle::Frontier::load(floor.tree_size, tree.reader()));
  if (frontier.root() != floor.root_hash) {
    return corrupt(
        fmt::format("the log's root at size {} is not the one in HEAD: its history was "
                    "changed, or HEAD belongs to another log; {}",
                    floor.tree_size, advice));
  }
  return frontier;
}

// Grows `frontier` by the records up to `size`, comparing each stored hash that they complete.
Result<void> check_tail(const Database& database, TreeLayout layout, merkle::Frontier& frontier,
                        std::uint64_t size) {
  const StoredTree tree(database, layout);
  std::vector<merkle::Node> completed;
  const KeyRange tail{Family::events, position_bytes(frontier.tree_size()), ""};
  const auto check_record = [&](std::string_view key, std::string_view bytes) -> Result<void> {
    if (read_position(key) != frontier.tree_size()) {
      return corrupt(fmt::format("event {} is missing from the log", frontier.tree_size()));
    }
    completed.clear();
    frontier.append(merkle::leaf_hash(bytes), completed);
    for (const auto& node : completed) {
      if (node.id.level != 0 && !has_nodes(layout, node.id.level)) continue;
      LIGGARE_TRY(const auto stored, tree.node(node.id));
      if (stored == node.hash) continue;
      return corrupt(fmt::format("event {}: node ({}, {}) of the stored tree is not its hash",
                                 frontier.tree_size() - 1, node.id.level, node.id.index));
    }
    return {};
  };
  LIGGARE_CHECK(database.for_each(tail, check_record));
  if (frontier.tree_size() == size) return {};
  return corrupt(
      fmt::format("the log holds {} events, its head says {}", frontier.tree_size(), size));
}

}  // namespace

Result<LedgerIdentity> stored_identity(const Database& database) {
  LIGGARE_TRY(const auto text, database.get(Family::heads, identity_key));
  if (!text)
    return fail(ErrorCode::not_found,
                "the log holds no finished ledger: delete the folder and make it anew");
  return read_identity(*text);
}

TreeLayout layout_in(const Database& database) {
  if (const auto identity = stored_identity(database)) return identity->tree_layout;
  const auto edge = database.get(Family::heads, edge_key);
  return edge && *edge ? TreeLayout::leaf_tiles : TreeLayout::every_node;
}

Result<merkle::TreeHead> stored_head(const Database& database) {
  LIGGARE_TRY(const auto bytes, database.get(Family::heads, head_key));
  const auto head = bytes ? read_head(*bytes) : std::nullopt;
  if (!head) return corrupt("log: the tree head is missing or damaged");
  return *head;
}

Result<std::optional<HeadReading>> read_floor(const std::filesystem::path& file,
                                              rocksdb::Env* env) {
  auto reading = HeadFile::read(file, env);
  if (!reading && reading.error().code == ErrorCode::not_found) {
    return std::optional<HeadReading>();
  }
  if (!reading) return Unexpected{reading.error()};
  if (!reading->newest) {
    return corrupt(
        fmt::format("both slots of HEAD are damaged, so nothing shows whether the log "
                    "is whole; {}",
                    advice));
  }
  return std::optional(std::move(*reading));
}

Result<TreeGrowth> check_log(const Database& database, TreeLayout layout,
                             const std::optional<HeadReading>& floor) {
  LIGGARE_TRY(const auto head, stored_head(database));
  LIGGARE_TRY(const auto floor_head, floor_of(head, floor));
  const StoredTree tree(database, layout);
  LIGGARE_CHECK(check_counts(database, layout, head.tree_size));
  LIGGARE_TRY(auto frontier, check_floor(tree, floor_head));
  LIGGARE_CHECK(check_tail(database, layout, frontier, head.tree_size));
  LIGGARE_TRY(const auto peaks, merkle::Frontier::load(head.tree_size, tree.reader()));
  if (frontier.head() != head || peaks.head() != head) {
    return corrupt("the log's stored head is not the root of its tree");
  }
  if (layout == TreeLayout::every_node) return TreeGrowth(layout, std::move(frontier), {});
  const std::uint64_t whole = head.tree_size / tile_leaves * tile_leaves;
  LIGGARE_TRY(auto edge, tree.run(0, {whole, head.tree_size}));
  return TreeGrowth(layout, std::move(frontier), std::move(edge));
}

Result<void> sync_write_ahead_log(const std::filesystem::path& folder) {
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder / "log", error)) {
    if (entry.path().extension() != ".log") continue;
    const auto file = FileDescriptor::open(entry.path(), O_RDONLY);
    // The writer deletes a file once tables hold all of it durably.
    if (!file && file.error().code == ErrorCode::not_found) continue;
    if (!file) return Unexpected{file.error()};
    // A filesystem that takes no writes has nothing to sync and may say so.
    if (::fdatasync(file->number()) != 0 && errno != EROFS && errno != EINVAL) {
      return system_failure("cannot sync", entry.path());
    }
  }
  return {};
}

}  // namespace liggare::store
