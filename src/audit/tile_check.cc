#include "audit/tile_check.h"

#include <system_error>

#include "audit/consistency_check.h"
#include "audit/tile_tree.h"
#include "audit/trusted_checkpoint.h"
#include "audit/whole_file.h"
#include "base/bytes.h"

namespace liggare::audit {
namespace {

constexpr std::string_view checkpoint_name = "checkpoint";
constexpr std::string_view tile_folder_name = "tile";

struct OtherFiles {
  std::uint64_t agreeing = 0;  // Tiles of widths that the checkpoint's size does not ask for.
  std::uint64_t beyond = 0;    // Tiles of a larger tree.
  std::uint64_t unknown = 0;
};

Checked<void> judge(const std::string& path, const TileTree& tree, OtherFiles& others) {
  const auto tile = merkle::TileId::parse(path);
  if (!tile) {
    ++others.unknown;
    return {};
  }
  const auto ours = tree.in_tree(*tile);
  if (ours == *tile) return {};
  if (!ours || tile->width > ours->width) ++others.beyond;
  if (!ours) return {};
  LIGGARE_CHECK(tree.check_other_width(*tile, *ours));
  ++others.agreeing;
  return {};
}

// Files under tile/; links are not followed.
Checked<void> judge_tiles(const std::filesystem::path& folder, const TileTree& tree,
                          OtherFiles& others) {
  std::error_code failed;
  const auto start = folder / tile_folder_name;
  if (!std::filesystem::exists(start, failed)) return {};
  std::filesystem::recursive_directory_iterator at(start, failed);
  for (; !failed && at != end(at); at.increment(failed)) {
    std::error_code no_matter;
    if (at->symlink_status(no_matter).type() == std::filesystem::file_type::directory) continue;
    LIGGARE_CHECK(judge(at->path().lexically_relative(folder).generic_string(), tree, others));
  }
  if (!failed) return {};
  return refuse(Reason::unreadable, std::string(tile_folder_name),
                {Circumstance::message, {failed.message()}});
}

// What lies beside tile/ and the checkpoint.
Checked<void> count_beside(const std::filesystem::path& folder, OtherFiles& others) {
  std::error_code failed;
  std::filesystem::directory_iterator at(folder, failed);
  for (; !failed && at != end(at); at.increment(failed)) {
    const std::string name = at->path().filename().string();
    if (name != checkpoint_name && name != tile_folder_name) ++others.unknown;
  }
  if (!failed) return {};
  return refuse(Reason::unreadable, folder.string(), {Circumstance::message, {failed.message()}});
}

Checked<void> check_others(const std::filesystem::path& folder, const TileTree& tree,
                           Outcome& outcome) {
  OtherFiles others;
  LIGGARE_CHECK(count_beside(folder, others));
  LIGGARE_CHECK(judge_tiles(folder, tree, others));
  const auto tell = [](std::uint64_t count, const auto& add) {
    if (count > 0) add(std::vector{std::to_string(count)});
  };
  tell(others.agreeing,
       [&](auto count) { outcome.has_checked(Statement::further_tiles_agree, count); });
  tell(others.beyond,
       [&](auto count) { outcome.has_not_checked(Statement::beyond_checkpoint, count); });
  tell(others.unknown, [&](auto count) { outcome.has_not_checked(Statement::other_files, count); });
  return {};
}

Checked<std::optional<merkle::TreeHead>> older_head(
    const std::optional<OldCheckpoint>& old_checkpoint, const merkle::Checkpoint& checkpoint,
    const Trust& trust, Outcome& outcome) {
  if (!old_checkpoint) {
    outcome.has_not_checked(Statement::older_not_asked);
    return std::optional<merkle::TreeHead>();
  }
  LIGGARE_TRY(
      const merkle::Checkpoint older,
      open_trusted(old_checkpoint->note, trust, Quorum::not_asked, old_checkpoint->place, outcome));
  LIGGARE_CHECK(check_growth(older, checkpoint, std::string(checkpoint_name)));
  outcome.facts.add("oldSize", older.head.tree_size)
      .add("oldRootHash", to_hex(older.head.root_hash.view()));
  return std::optional(older.head);
}

Checked<void> check(const std::filesystem::path& folder, const Trust& trust,
                    const std::optional<OldCheckpoint>& old_checkpoint, Outcome& outcome) {
  const std::string place(checkpoint_name);
  LIGGARE_TRY(const std::string note,
              read_whole(folder / place, merkle::note_bytes_max, Links::refused, place));
  LIGGARE_TRY(const merkle::Checkpoint checkpoint,
              open_trusted(note, trust, Quorum::demanded, place, outcome));
  outcome.facts.add("origin", checkpoint.origin)
      .add("size", checkpoint.head.tree_size)
      .add("rootHash", to_hex(checkpoint.head.root_hash.view()));
  LIGGARE_TRY(const auto older, older_head(old_checkpoint, checkpoint, trust, outcome));
  TileTree tree(folder, checkpoint.head.tree_size, older);
  LIGGARE_CHECK(tree.read_all());
  if (tree.head() != checkpoint.head) {
    return refuse(Reason::root_differs, place,
                  {Circumstance::entries_lead_to, {to_hex(tree.head().root_hash.view())}});
  }
  outcome.has_checked(Statement::tiles_whole,
                      {std::to_string(tree.entry_tiles()), std::to_string(tree.hash_tiles()),
                       std::to_string(checkpoint.head.tree_size)});
  outcome.shows(Statement::shows_ledger,
                {std::to_string(checkpoint.head.tree_size), checkpoint.origin});
  if (older) {
    const std::string old_size = std::to_string(older->tree_size);
    outcome.has_checked(Statement::consistent,
                        {old_size, std::to_string(checkpoint.head.tree_size)});
    outcome.rests_on(Statement::append_only_since, {old_size, old_checkpoint->place});
    tell_growth(older->tree_size, checkpoint, outcome);
  }
  LIGGARE_CHECK(check_others(folder, tree, outcome));
  outcome.has_not_checked(Statement::rules_not_checked);
  return {};
}

}  // namespace

Outcome check_tiles(const std::filesystem::path& folder, const Trust& trust,
                    const std::optional<OldCheckpoint>& old_checkpoint) {
  Outcome outcome;
  const auto checked = check(folder, trust, old_checkpoint, outcome);
  if (!checked) outcome.refusal = checked.error();
  return outcome;
}

}  // namespace liggare::audit
