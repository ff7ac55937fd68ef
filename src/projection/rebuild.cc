#include "projection/rebuild.h"

#include <algorithm>
#include <mutex>
#include <utility>

#include "base/share_out.h"
#include "projection/projector.h"
#include "projection/row_pile.h"

namespace liggare::projection {
namespace {

// So few events are taken in just before the switch that nobody waits for them.
constexpr std::uint64_t events_behind_max = 1'000;

std::vector<std::pair<std::string, int>> names_of(std::span<const Projection> projections) {
  std::vector<std::pair<std::string, int>> names;
  for (const Projection& projection : projections) {
    names.emplace_back(projection.name, projection.version);
  }
  return names;
}

bool is_of_history(const store::EventLog& log, std::uint64_t position, const Hash& root,
                   std::uint64_t size) {
  if (position > size) return false;
  const auto head = head_at(log, position);
  return head && head->root_hash == root;
}

// An interrupted rebuild may have brought some of its builds further than the shadow began.
bool can_be_resumed(const store::EventLog& log, const Shadow& shadow,
                    std::span<const Projection> projections, const KeptRows& kept,
                    std::uint64_t size) {
  if (shadow.projections != names_of(projections)) return false;
  if (!is_of_history(log, shadow.head.tree_size, shadow.head.root_hash, size)) return false;
  return std::all_of(projections.begin(), projections.end(), [&](const Projection& projection) {
    const auto state = kept.shadow_state(shadow, projection);
    return state && is_of_history(log, state->position, state->root, size);
  });
}

// Goes on with the shadow that was begun where it is of the same projections and history.
Result<Shadow> resume_or_begin(const store::EventLog& log, std::span<const Projection> projections,
                               KeptRows& kept, std::uint64_t size) {
  LIGGARE_TRY(auto begun, kept.shadow());
  if (begun && can_be_resumed(log, *begun, projections, kept, size)) return *std::move(begun);
  LIGGARE_TRY(const auto head, head_at(log, size));
  return kept.begin_shadow(projections, head);
}

struct FoldedShares {
  std::vector<RowPile> parts;  // No key in two.
  std::uint64_t records = 0;
  std::string last_subject;
};
// The shares from `from` on that are taken together.
Result<FoldedShares> fold_shares(StreamShares& shares, std::size_t from,
                                 std::span<const Projection> projections, unsigned threads) {
  const std::size_t count = std::min(shares.together(), shares.count() - from);
  FoldedShares folded{std::vector<RowPile>(count), 0, {}};
  std::mutex mutex;
  LIGGARE_CHECK(share_out({count, threads}, [&](std::uint64_t i) -> Result<void> {
    LIGGARE_TRY(const Share share, shares.take(from + i));
    LIGGARE_CHECK(fold_share(share, projections, folded.parts[i]));
    folded.parts[i].sort();
    const std::scoped_lock lock(mutex);
    folded.records += share.records;
    folded.last_subject = std::max(folded.last_subject, share.last_subject);
    return {};
  }));
  return folded;
}

Result<void> fill(const store::EventLog& log, std::span<const Projection> projections,
                  KeptRows& kept, Shadow& shadow, const RebuildOptions& options) {
  const std::uint64_t size = shadow.head.tree_size;
  const auto tell = [&](std::uint64_t done) {
    if (options.progress) options.progress(done, size);
  };
  // Reading is half of the work, about.
  const auto half = [&](std::uint64_t done, std::uint64_t) { tell(done / 2); };
  const std::string resumed_after = shadow.done_through;
  LIGGARE_TRY(StreamShares shares,
              StreamShares::gather(log, {projections, size, resumed_after},
                                   {kept.threads(), options.bytes_max, kept.folder()}, half));
  std::uint64_t folded = 0;
  for (std::size_t from = 0; from < shares.count(); from += shares.together()) {
    LIGGARE_TRY(const FoldedShares some, fold_shares(shares, from, projections, kept.threads()));
    if (some.records == 0) continue;
    LIGGARE_CHECK(kept.extend_shadow(shadow, projections, some.parts, some.last_subject));
    folded += some.records;
    tell((size + folded) / 2);
  }
  tell(size);
  return {};
}

// Adds what differs in one table. Both builds give their rows in the order of their keys.
Result<void> compare(const KeptRows& kept, const Projection& projection, std::string_view table,
                     const KeptState& before, const KeptState& after, RowCounts& counts) {
  std::vector<std::pair<std::string, std::string>> old_rows;
  LIGGARE_CHECK(kept.scan(
      projection, before, table,
      [&](std::string_view key, std::string_view row) { old_rows.emplace_back(key, row); }));
  auto old_row = old_rows.begin();
  LIGGARE_CHECK(
      kept.scan(projection, after, table, [&](std::string_view key, std::string_view row) {
        for (; old_row != old_rows.end() && old_row->first < key; ++old_row) ++counts.removed;
        if (old_row == old_rows.end() || old_row->first != key) {
          ++counts.added;
          return;
        }
        if (old_row->second != row) ++counts.changed;
        ++old_row;
      }));
  counts.removed += static_cast<std::uint64_t>(old_rows.end() - old_row);
  return {};
}

Result<RowCounts> compare(const KeptRows& kept, const Projection& projection,
                          const KeptState& before, const KeptState& after) {
  RowCounts counts;
  for (const TableInfo& table : projection.tables) {
    if (before.table(table.name) == after.table(table.name)) {
      // The same rows, provided that the old ones are still what was put.
      LIGGARE_CHECK(
          kept.scan(projection, before, table.name, [](std::string_view, std::string_view) {}));
    } else {
      LIGGARE_CHECK(compare(kept, projection, table.name, before, after, counts));
    }
  }
  return counts;
}

// A build, and the one that it replaces where they can be compared: at the same size or not at all.
struct Replacement {
  RebuiltProjection rebuilt;
  std::optional<KeptState> before;
};

Replacement describe(const store::EventLog& log, const Projection& projection, KeptRows& kept,
                     const KeptState& after) {
  Replacement replacement{{std::string(projection.name), projection.version, after.position,
                           after.rows(), std::nullopt, std::nullopt},
                          std::nullopt};
  const auto before = kept.state(projection);
  if (!before || !*before) return replacement;
  replacement.rebuilt.replaced_version = (*before)->version;
  auto usable = usable_state(log, &kept, projection, after.position);
  if (!usable) return replacement;
  auto advanced = advance(log, {&projection, 1}, {*std::move(usable)}, kept, after.position);
  if (advanced) replacement.before = std::move(advanced->front());
  return replacement;
}

// Counts what differs, projections side by side. What can't be compared is left uncounted.
void compare(const KeptRows& kept, std::span<const Projection> projections,
             std::span<const KeptState> after, std::vector<Replacement>& replacements) {
  const auto count = [&](std::uint64_t i) -> Result<void> {
    auto& [rebuilt, before] = replacements[i];
    if (!before) return {};
    const auto counts = compare(kept, projections[i], *before, after[i]);
    if (counts) rebuilt.difference = *counts;
    return {};
  };
  static_cast<void>(share_out({replacements.size(), kept.threads()}, count));
}

}  // namespace

Result<merkle::TreeHead> head_at(const store::EventLog& log, std::uint64_t size) {
  LIGGARE_TRY(const Hash root,
              merkle::root_at(size, [&](merkle::NodeId id) { return log.node(id); }));
  return merkle::TreeHead{size, root};
}

Result<std::vector<RebuiltProjection>> rebuild(const store::EventLog& log,
                                               std::span<const Projection> projections,
                                               KeptRows& kept, const RebuildOptions& options) {
  LIGGARE_TRY(Shadow shadow, resume_or_begin(log, projections, kept, options.size));
  LIGGARE_CHECK(fill(log, projections, kept, shadow, options));
  std::vector<KeptState> states;
  for (const Projection& projection : projections) {
    LIGGARE_TRY(auto state, kept.shadow_state(shadow, projection));
    states.push_back(std::move(state));
  }
  std::uint64_t newest = options.size;
  while (true) {
    if (options.newest) {
      LIGGARE_TRY(newest, options.newest());
    }
    const auto furthest_behind = std::ranges::min_element(states, {}, &KeptState::position);
    const std::uint64_t behind = newest - furthest_behind->position;
    LIGGARE_TRY(states, advance(log, projections, std::move(states), kept, newest));
    if (behind <= events_behind_max) break;
  }
  std::vector<Replacement> replacements;
  for (std::size_t i = 0; i < projections.size(); ++i) {
    replacements.push_back(describe(log, projections[i], kept, states[i]));
  }
  compare(kept, projections, states, replacements);
  LIGGARE_CHECK(kept.switch_to(shadow, projections));
  std::vector<RebuiltProjection> rebuilt;
  for (Replacement& each : replacements) rebuilt.push_back(std::move(each.rebuilt));
  return rebuilt;
}

}  // namespace liggare::projection
