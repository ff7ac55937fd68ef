#include "projection/rebuild.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <utility>

#include "projection/cores.h"
#include "projection/projector.h"

namespace liggare::projection {
namespace {

// How much is read and folded together: so many bytes of records, by the length of those before.
constexpr std::size_t bytes_at_once = std::size_t{192} << 20U;
constexpr std::size_t events_at_first = 50'000;
constexpr std::size_t events_at_once_max = 600'000;
// What a record takes in memory beside its bytes.
constexpr std::size_t bytes_beside = 64;
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

// Reads the events of several streams in the order of their positions, as they lie on disk, on all
// cores.
class Gathered {
 public:
  void add(std::vector<std::uint64_t> positions) {
    for (std::size_t i = 0; i < positions.size(); ++i) {
      order_.push_back({positions[i], streams_.size(), i});
    }
    const std::size_t count = positions.size();
    streams_.push_back({std::move(positions), std::vector<std::string_view>(count)});
  }
  std::size_t events() const { return order_.size(); }

  // Views of bytes that it holds until it reads again.
  Result<std::vector<StoredStream>> read(const store::EventLog& log) {
    std::sort(order_.begin(), order_.end(),
              [](const Place& left, const Place& right) { return left.position < right.position; });
    bytes_.resize((order_.size() + places_at_once - 1) / places_at_once);
    std::optional<Error> failure;
    std::mutex mutex;
    std::atomic<std::size_t> next = 0;
    on_all_cores([&] {
      for (std::size_t part = next++; part < bytes_.size(); part = next++) {
        const std::size_t from = part * places_at_once;
        const std::size_t count = std::min(places_at_once, order_.size() - from);
        const auto read = read_places(log, std::span(order_).subspan(from, count), bytes_[part]);
        if (read) continue;
        const std::scoped_lock lock(mutex);
        failure = read.error();
        return;
      }
    });
    order_.clear();
    if (failure) return Unexpected{*std::move(failure)};
    return std::exchange(streams_, {});
  }

 private:
  struct Place {
    std::uint64_t position;
    std::size_t stream;
    std::size_t index;
  };
  static constexpr std::size_t places_at_once = 8'192;
  static constexpr std::size_t record_bytes_about = 512;

  // One after the other in `bytes`: a piece of memory for each record costs more than the record.
  Result<void> read_places(const store::EventLog& log, std::span<const Place> places,
                           std::string& bytes) {
    bytes.clear();
    // More than they take, most often: what is not written to costs nothing, growing does.
    bytes.reserve(places.size() * record_bytes_about);
    std::vector<std::size_t> ends;
    ends.reserve(places.size());
    const auto take = [&](std::string_view record) {
      bytes.append(record);
      ends.push_back(bytes.size());
    };
    LIGGARE_CHECK(read_records(log, places, take));
    std::size_t begin = 0;
    for (std::size_t i = 0; i < places.size(); ++i) {
      record_at(places[i]) = std::string_view(bytes).substr(begin, ends[i] - begin);
      begin = ends[i];
    }
    return {};
  }

  // Gives the record of each place. Reading all that lies between costs less than looking up one in
  // four.
  template <class Take>
  static Result<void> read_records(const store::EventLog& log, std::span<const Place> places,
                                   const Take& take) {
    constexpr std::uint64_t one_in = 4;
    const store::PositionRange range{places.front().position, places.back().position + 1};
    if (range.to - range.from <= one_in * places.size()) {
      auto place = places.begin();
      return log.scan(range, [&](std::uint64_t position, std::string_view bytes) -> Result<void> {
        if (place->position != position) return {};
        take(bytes);
        ++place;
        return {};
      });
    }
    std::vector<std::uint64_t> positions;
    positions.reserve(places.size());
    for (const Place& place : places) positions.push_back(place.position);
    LIGGARE_TRY(const auto records, log.records(positions));
    for (const std::string& record : records) take(record);
    return {};
  }

  std::string_view& record_at(const Place& place) {
    return streams_[place.stream].records[place.index];
  }

  std::vector<Place> order_;
  std::vector<StoredStream> streams_;
  std::vector<std::string> bytes_;  // Their records, in the order of the log; used again.
};

std::size_t bytes_in(std::span<const StoredStream> streams) {
  std::size_t bytes = 0;
  for (const StoredStream& stream : streams) {
    for (const std::string_view record : stream.records) bytes += bytes_beside + record.size();
  }
  return bytes;
}

Result<void> fill(const store::EventLog& log, std::span<const Projection> projections,
                  KeptRows& kept, Shadow& shadow, const Progress& progress) {
  Gathered gathered;
  std::size_t events_at_once = events_at_first;
  std::uint64_t done = 0;
  std::string last;
  const auto fold_gathered = [&]() -> Result<void> {
    const std::size_t events = gathered.events();
    done += events;
    LIGGARE_TRY(const auto streams, gathered.read(log));
    events_at_once = std::min(events_at_once_max, bytes_at_once / (bytes_in(streams) / events) + 1);
    LIGGARE_TRY(auto rows, fold_streams(streams, projections));
    LIGGARE_CHECK(kept.extend_shadow(shadow, projections, std::move(rows), last));
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

// Counts what differs, projections side by side.
void compare(const KeptRows& kept, std::span<const Projection> projections,
             std::span<const KeptState> after, std::vector<Replacement>& replacements) {
  std::atomic<std::size_t> next = 0;
  on_threads(kept.threads(), [&] {
    for (std::size_t i = next++; i < replacements.size(); i = next++) {
      auto& [rebuilt, before] = replacements[i];
      if (!before) continue;
      const auto counts = compare(kept, projections[i], *before, after[i]);
      if (counts) rebuilt.difference = *counts;
    }
  });
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
