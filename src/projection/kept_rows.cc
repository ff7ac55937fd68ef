#include "projection/kept_rows.h"

#include <algorithm>
#include <mutex>
#include <set>

#include "base/bytes.h"
#include "base/share_out.h"
#include "projection/kept_layout.h"

namespace liggare::projection {
namespace {

using namespace kept_layout;

// Visits a table's rows in all parts in the order of their keys.
template <class Visit>
void each_in_order(const std::vector<RowPile>& parts, std::string_view table, const Visit& visit) {
  std::vector<std::span<const RowPile::Row>> left;
  for (const RowPile& part : parts) left.push_back(part.table(table));
  std::erase_if(left, [](const auto& rows) { return rows.empty(); });
  const auto by_first_key = [](const auto& one, const auto& other) {
    return one.front().key < other.front().key;
  };
  std::sort(left.begin(), left.end(), by_first_key);
  while (!left.empty()) {
    // Most tables' parts lie one behind the other: this takes all of the first.
    std::span<const RowPile::Row> least = left.front();
    const bool is_apart = left.size() == 1 || least.back().key < left[1].front().key;
    do {
      visit(least.front());
      least = least.subspan(1);
    } while (!least.empty() && (is_apart || least.front().key < left[1].front().key));
    left.erase(left.begin());
    if (least.empty()) continue;
    left.insert(std::upper_bound(left.begin(), left.end(), least, by_first_key), least);
  }
}

}  // namespace

std::uint64_t KeptState::rows() const {
  std::uint64_t sum = 0;
  for (const auto& [name, table] : tables) sum += table.rows;
  return sum;
}

TableState KeptState::table(std::string_view name) const {
  const auto found = tables.find(name);
  return found == tables.end() ? TableState{} : found->second;
}

Result<std::unique_ptr<KeptRows>> KeptRows::open(const std::filesystem::path& folder,
                                                 store::Access access, rocksdb::Env* env) {
  LIGGARE_TRY(auto store, store::RowStore::open(folder, access, env));
  // A disk that tests put underneath is asked in the same order every time.
  const unsigned threads = env == nullptr ? core_count() : 1;
  std::unique_ptr<KeptRows> kept(new KeptRows(std::move(store), folder, threads));
  LIGGARE_TRY(const auto found, kept->store_->get(format_key));
  if (found != format && access == store::Access::read_only) {
    return fail(ErrorCode::not_found, "the projections were kept by another release");
  }
  if (found != format) {
    // What another release kept is worth nothing here, and can be folded anew.
    kept.reset();
    LIGGARE_CHECK(store::RowStore::destroy(folder, env));
    LIGGARE_TRY(store, store::RowStore::open(folder, access, env));
    kept.reset(new KeptRows(std::move(store), folder, threads));
    const std::vector<store::RowChange> change{{std::string(format_key), std::string(format)}};
    LIGGARE_CHECK(kept->store_->apply(change));
  }
  if (access == store::Access::write) {
    LIGGARE_CHECK(kept->sweep());
  }
  return kept;
}

Result<std::optional<KeptState>> KeptRows::state(const Projection& projection) const {
  return state_named(current_key(projection.name), projection);
}

Result<std::optional<KeptState>> KeptRows::previous(const Projection& projection) const {
  return state_named(previous_key(projection.name), projection);
}

Result<std::optional<KeptState>> KeptRows::state_named(const std::string& pointer,
                                                       const Projection& projection) const {
  LIGGARE_TRY(const auto build, store_->get(pointer));
  if (!build) return std::optional<KeptState>();
  if (build->size() != sizeof(std::uint64_t)) return damaged(projection.name);
  return state_of(get_u64(*build), projection);
}

Result<std::optional<KeptState>> KeptRows::state_of(std::uint64_t build,
                                                    const Projection& projection) const {
  LIGGARE_TRY(const auto bytes, store_->get(build_key(build, projection.name)));
  if (!bytes) return std::optional<KeptState>();
  auto state = read_state(build, *bytes);
  if (!state) return damaged(projection.name);
  return state;
}

Result<KeptState> KeptRows::update(const Projection& projection, const KeptState& state,
                                   const Rows& removed, const Rows& added,
                                   const merkle::TreeHead& head) {
  KeptState next = state;
  next.position = head.tree_size;
  next.root = head.root_hash;
  std::vector<store::RowChange> changes;
  for (const auto& [key, row] : removed) {
    TableState& table = next.tables[key.first];
    --table.rows;
    table.checksum -= checksum_of(key.first, key.second, row);
    if (!added.contains(key)) {
      changes.push_back({row_key(state.build, projection.name, key), std::nullopt});
    }
  }
  for (const auto& [key, row] : added) {
    TableState& table = next.tables[key.first];
    ++table.rows;
    table.checksum += checksum_of(key.first, key.second, row);
    changes.push_back({row_key(state.build, projection.name, key), row});
  }
  changes.push_back({build_key(state.build, projection.name), state_bytes(next)});
  LIGGARE_CHECK(store_->apply(changes));
  return next;
}

Result<std::optional<Shadow>> KeptRows::shadow() const {
  LIGGARE_TRY(const auto bytes, store_->get(shadow_key));
  if (!bytes) return std::optional<Shadow>();
  auto shadow = read_shadow(*bytes);
  if (!shadow) return damaged("shadow");
  return shadow;
}

Result<Shadow> KeptRows::begin_shadow(std::span<const Projection> projections,
                                      const merkle::TreeHead& head) {
  LIGGARE_TRY(const auto earlier, shadow());
  if (earlier) {
    for (const auto& [name, version] : earlier->projections) {
      LIGGARE_CHECK(erase_build(earlier->build, name));
    }
  }
  Shadow shadow;
  LIGGARE_TRY(shadow.build, new_build());
  shadow.head = head;
  std::vector<store::RowChange> changes;
  for (const Projection& projection : projections) {
    shadow.projections.emplace_back(projection.name, projection.version);
    const KeptState empty{shadow.build, projection.version, head.tree_size, head.root_hash, {}};
    changes.push_back({build_key(shadow.build, projection.name), state_bytes(empty)});
  }
  changes.push_back({std::string(shadow_key), shadow_bytes(shadow)});
  LIGGARE_CHECK(store_->apply(changes));
  return shadow;
}

// Rows go in before the states that count them: where a crash comes between, the same rows are put
// again in the same places.
Result<void> KeptRows::extend_shadow(Shadow& shadow, std::span<const Projection> projections,
                                     const std::vector<RowPile>& parts,
                                     const std::string& done_through) {
  std::vector<KeptState> states;
  std::vector<std::pair<std::size_t, std::string_view>> tables;  // Each with its projection.
  for (const Projection& projection : projections) {
    LIGGARE_TRY(KeptState state, shadow_state(shadow, projection));
    for (const TableInfo& table : projection.tables) tables.emplace_back(states.size(), table.name);
    states.push_back(std::move(state));
  }
  std::vector<std::string> files;
  std::mutex mutex;
  // Most of a small table's time goes by until its file is synced.
  constexpr unsigned writers_a_thread = 4;
  const unsigned writers = threads_ == 1 ? 1 : threads_ * writers_a_thread;
  LIGGARE_CHECK(share_out({tables.size(), writers}, [&](std::uint64_t i) -> Result<void> {
    const auto& [of, table] = tables[i];
    TableState added;
    LIGGARE_TRY(auto file, write_table(projections[of], states[of].build, table, parts, added));
    const std::scoped_lock lock(mutex);
    if (file) files.push_back(*std::move(file));
    TableState& sum = states[of].tables[std::string(table)];
    sum.rows += added.rows;
    sum.checksum += added.checksum;
    return {};
  }));
  LIGGARE_CHECK(store_->take_tables(files));
  std::vector<store::RowChange> changes;
  for (std::size_t i = 0; i < projections.size(); ++i) {
    changes.push_back({build_key(shadow.build, projections[i].name), state_bytes(states[i])});
  }
  shadow.done_through = done_through;
  changes.push_back({std::string(shadow_key), shadow_bytes(shadow)});
  return store_->apply(changes);
}

// One file for a table, so that it spans no keys of another's: RocksDB then takes it in beside what
// it has, and has nothing to merge.
Result<std::optional<std::string>> KeptRows::write_table(const Projection& projection,
                                                         std::uint64_t build,
                                                         std::string_view table,
                                                         const std::vector<RowPile>& parts,
                                                         TableState& added) const {
  const std::string prefix = rows_prefix(build, projection.name) + joined_key(table, "");
  const auto put_rows = [&](const store::RowPut& put) {
    std::string stored_key;
    each_in_order(parts, table, [&](const RowPile::Row& row) {
      ++added.rows;
      added.checksum += checksum_of(table, row.key, row.bytes);
      put(stored_key.assign(prefix).append(row.key), row.bytes);
    });
  };
  const std::string name = std::string(projection.name).append(1, '-').append(table);
  return store_->write_table(name, put_rows);
}

Result<KeptState> KeptRows::shadow_state(const Shadow& shadow, const Projection& projection) const {
  LIGGARE_TRY(auto state, state_of(shadow.build, projection));
  if (!state) return damaged(projection.name);
  return *std::move(state);
}

Result<void> KeptRows::switch_to(const Shadow& shadow, std::span<const Projection> projections) {
  std::vector<store::RowChange> changes;
  std::vector<std::pair<std::uint64_t, std::string_view>> superseded;
  for (const Projection& projection : projections) {
    LIGGARE_TRY(const auto current, state(projection));
    LIGGARE_TRY(const auto before, previous(projection));
    changes.push_back({current_key(projection.name), number_bytes(shadow.build)});
    if (before) superseded.emplace_back(before->build, projection.name);
    if (current) {
      changes.push_back({previous_key(projection.name), number_bytes(current->build)});
    } else {
      changes.push_back({previous_key(projection.name), std::nullopt});
    }
  }
  changes.push_back({std::string(shadow_key), std::nullopt});
  LIGGARE_CHECK(store_->apply(changes));
  for (const auto& [build, projection] : superseded) {
    LIGGARE_CHECK(erase_build(build, projection));
  }
  return {};
}

Result<bool> KeptRows::confirm(const Projection& projection) {
  LIGGARE_TRY(const auto before, previous(projection));
  if (!before) return false;
  const std::vector<store::RowChange> change{{previous_key(projection.name), std::nullopt}};
  LIGGARE_CHECK(store_->apply(change));
  LIGGARE_CHECK(erase_build(before->build, projection.name));
  return true;
}

Result<bool> KeptRows::revert(const Projection& projection) {
  LIGGARE_TRY(const auto current, state(projection));
  LIGGARE_TRY(const auto before, previous(projection));
  if (!before) return false;
  const std::vector<store::RowChange> changes{
      {current_key(projection.name), number_bytes(before->build)},
      {previous_key(projection.name), std::nullopt}};
  LIGGARE_CHECK(store_->apply(changes));
  if (current) {
    LIGGARE_CHECK(erase_build(current->build, projection.name));
  }
  return true;
}

Result<void> KeptRows::erase_build(std::uint64_t build, std::string_view projection) {
  // Its state goes last: while it is there, a sweep still finds the rows.
  LIGGARE_CHECK(store_->erase(rows_prefix(build, projection)));
  const std::vector<store::RowChange> change{{build_key(build, projection), std::nullopt}};
  return store_->apply(change);
}

// A process that ended between a switch and its erasing leaves builds that nothing refers to.
Result<void> KeptRows::sweep() {
  std::set<std::string> wanted;
  const auto want = [&](std::string_view prefix) {
    return store_->scan(prefix, [&](std::string_view key, std::string_view build) -> Result<void> {
      if (build.size() == sizeof(std::uint64_t)) {
        wanted.insert(build_key(get_u64(build), key.substr(prefix.size())));
      }
      return {};
    });
  };
  LIGGARE_CHECK(want(current_prefix));
  LIGGARE_CHECK(want(previous_prefix));
  LIGGARE_TRY(const auto begun, shadow());
  if (begun) {
    for (const auto& [name, version] : begun->projections) {
      wanted.insert(build_key(begun->build, name));
    }
  }
  std::vector<std::pair<std::uint64_t, std::string>> unwanted;
  LIGGARE_CHECK(
      store_->scan(builds_prefix, [&](std::string_view key, std::string_view) -> Result<void> {
        const auto named = read_build_key(key);
        if (named && !wanted.contains(std::string(key))) unwanted.push_back(*named);
        return {};
      }));
  for (const auto& [build, projection] : unwanted) {
    LIGGARE_CHECK(erase_build(build, projection));
  }
  return {};
}

Result<std::uint64_t> KeptRows::new_build() const {
  std::uint64_t newest = 0;
  LIGGARE_CHECK(
      store_->scan(builds_prefix, [&](std::string_view key, std::string_view) -> Result<void> {
        if (const auto named = read_build_key(key)) newest = std::max(newest, named->first);
        return {};
      }));
  return newest + 1;
}

}  // namespace liggare::projection
