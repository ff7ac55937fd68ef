#include "projection/rebuild.h"

#include <algorithm>
#include <utility>

#include "projection/projector.h"

namespace liggare::projection {
namespace {

// Events that are read and folded together.
constexpr std::size_t events_at_once = 200'000;
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

bool concerns_any(std::span<const Projection> projections, std::string_view subject) {
  const auto kind = domain::stream_kind_named(subject.substr(0, subject.find('/')));
  return kind && std::any_of(projections.begin(), projections.end(),
                             [&](const Projection& each) { return each.concerns(*kind); });
}

// Reads the records of several streams in the order of their positions, as they lie on disk.
class Gathered {
 public:
  void add(std::vector<std::uint64_t> positions) {
    events_ += positions.size();
    for (std::size_t i = 0; i < positions.size(); ++i) {
      order_.push_back({positions[i], streams_.size(), i});
    }
    streams_.push_back({std::move(positions), {}});
    streams_.back().records.resize(streams_.back().positions.size());
  }
  std::size_t events() const { return events_; }

  Result<std::vector<StoredStream>> read(const store::EventLog& log) {
    std::sort(order_.begin(), order_.end(),
              [](const Place& left, const Place& right) { return left.position < right.position; });
    std::vector<std::uint64_t> positions;
    positions.reserve(order_.size());
    for (const Place& place : order_) positions.push_back(place.position);
    LIGGARE_TRY(auto records, log.records(positions));
    for (std::size_t i = 0; i < records.size(); ++i) {
      streams_[order_[i].stream].records[order_[i].index] = std::move(records[i]);
    }
    order_.clear();
    events_ = 0;
    return std::exchange(streams_, {});
  }

 private:
  struct Place {
    std::uint64_t position;
    std::size_t stream;
    std::size_t index;
  };
  std::vector<Place> order_;
  std::vector<StoredStream> streams_;
  std::size_t events_ = 0;
};

Result<void> fill(const store::EventLog& log, std::span<const Projection> projections,
                  KeptRows& kept, Shadow& shadow, const Progress& progress) {
  Gathered gathered;
  std::uint64_t done = 0;
  std::string last;
  const auto fold_gathered = [&]() -> Result<void> {
    done += gathered.events();
    LIGGARE_TRY(const auto streams, gathered.read(log));
    LIGGARE_TRY(const Rows rows, fold_stored(streams, projections));
    LIGGARE_CHECK(kept.extend_shadow(shadow, projections, rows, last));
    if (progress) progress(std::min(done, shadow.head.tree_size), shadow.head.tree_size);
    return {};
  };
  const std::string resumed_after = shadow.done_through;
  LIGGARE_CHECK(log.streams(
      resumed_after, shadow.head.tree_size,
      [&](std::string_view subject, std::vector<std::uint64_t> positions) -> Result<void> {
        if (!concerns_any(projections, subject)) return {};
        last = subject;
        gathered.add(std::move(positions));
        if (gathered.events() < events_at_once) return {};
        return fold_gathered();
      }));
  if (gathered.events() == 0) return {};
  return fold_gathered();
}

// Both in the order of their keys.
Result<RowCounts> compare(const KeptRows& kept, const Projection& projection,
                          const KeptState& before, const KeptState& after) {
  RowCounts counts;
  for (const TableInfo& table : projection.tables) {
    std::map<std::string, std::string> old_rows;
    LIGGARE_CHECK(
        kept.scan(projection, before, table.name,
                  [&](std::string_view key, std::string_view row) { old_rows.emplace(key, row); }));
    LIGGARE_CHECK(
        kept.scan(projection, after, table.name, [&](std::string_view key, std::string_view row) {
          const auto found = old_rows.find(std::string(key));
          if (found == old_rows.end()) {
            ++counts.added;
            return;
          }
          if (found->second != row) ++counts.changed;
          old_rows.erase(found);
        }));
    counts.removed += old_rows.size();
  }
  return counts;
}

// Compared at the same size, or not at all.
Result<RebuiltProjection> describe(const store::EventLog& log, const Projection& projection,
                                   KeptRows& kept, const KeptState& after) {
  RebuiltProjection rebuilt{std::string(projection.name),
                            projection.version,
                            after.position,
                            after.rows(),
                            std::nullopt,
                            std::nullopt};
  const auto before = kept.state(projection);
  if (!before || !*before) return rebuilt;
  rebuilt.replaced_version = (*before)->version;
  auto usable = usable_state(log, &kept, projection, after.position);
  if (!usable) return rebuilt;
  auto advanced = advance(log, {&projection, 1}, {*std::move(usable)}, kept, after.position);
  if (!advanced) return rebuilt;
  const auto counts = compare(kept, projection, advanced->front(), after);
  if (counts) rebuilt.difference = *counts;
  return rebuilt;
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
  LIGGARE_CHECK(fill(log, projections, kept, shadow, options.progress));
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
  std::vector<RebuiltProjection> rebuilt;
  for (std::size_t i = 0; i < projections.size(); ++i) {
    LIGGARE_TRY(auto one, describe(log, projections[i], kept, states[i]));
    rebuilt.push_back(std::move(one));
  }
  LIGGARE_CHECK(kept.switch_to(shadow, projections));
  return rebuilt;
}

}  // namespace liggare::projection
