#include "projection/projector.h"

#include <algorithm>
#include <set>

#include "base/diagnostics.h"
#include "codec/record.h"
#include "projection/rebuild.h"

namespace liggare::projection {
namespace {

Result<std::set<std::string>> touched_subjects(const store::EventLog& log, std::uint64_t from,
                                               std::uint64_t to) {
  std::set<std::string> subjects;
  LIGGARE_CHECK(
      log.scan({from, to}, [&](std::uint64_t position, std::string_view bytes) -> Result<void> {
        LIGGARE_TRY(const auto subject, codec::subject_of_record(bytes, position));
        subjects.emplace(subject);
        return {};
      }));
  return subjects;
}

// Whether refolding only what changed is less work than folding everything.
bool is_short(std::uint64_t position, std::uint64_t size) {
  constexpr std::uint64_t share = 4;
  return size - position <= std::max<std::uint64_t>(size / share, 1'000);
}

Rows rows_in(const Rows& rows, const Projection& projection) {
  Rows own;
  for (const TableInfo& table : projection.tables) {
    for (auto row = rows.lower_bound({std::string(table.name), {}});
         row != rows.end() && row->first.first == table.name; ++row) {
      own.insert(own.end(), *row);
    }
  }
  return own;
}

// Projections whose kept rows have come equally far.
struct Group {
  std::vector<Projection> projections;
  std::vector<KeptState> states;
};

struct Sorted {
  std::map<std::uint64_t, Group> kept;  // By position.
  std::vector<Projection> unusable;
};

Sorted sort_by_position(const store::EventLog& log, std::span<const Projection> projections,
                        const KeptRows* kept, std::uint64_t size) {
  Sorted sorted;
  for (const Projection& projection : projections) {
    auto state = usable_state(log, kept, projection, size);
    if (!state || !is_short(state->position, size)) {
      sorted.unusable.push_back(projection);
      continue;
    }
    Group& group = sorted.kept[state->position];
    group.projections.push_back(projection);
    group.states.push_back(*std::move(state));
  }
  return sorted;
}

// What has changed in a part of a table, laid over its kept rows as they are visited in order.
class Overlay {
 public:
  struct Part {
    std::string_view table;
    std::string from;
    std::optional<std::string> to;
  };
  // All must outlive it.
  Overlay(const RowDifference& difference, const Part& part, const RowSource::Visit& visit)
      : removed_(difference.removed),
        table_(part.table),
        visit_(visit),
        added_(difference.added.lower_bound({table_, part.from})),
        end_(part.to ? difference.added.lower_bound({table_, *part.to})
                     : difference.added.lower_bound({table_ + '\0', ""})) {}

  RowSource::Visit visit() {
    return [this](std::string_view key, std::string_view row) {
      while (added_ != end_ && added_->first.second < key) visit_added();
      const bool is_removed =
          !removed_.empty() && removed_.contains(RowKey{table_, std::string(key)});
      if (!is_removed) visit_(key, row);
    };
  }
  // Once all kept rows are visited.
  void finish() {
    while (added_ != end_) visit_added();
  }

 private:
  void visit_added() {
    visit_(added_->first.second, added_->second);
    ++added_;
  }

  const Rows& removed_;
  const std::string table_;
  const RowSource::Visit& visit_;
  Rows::const_iterator added_;
  Rows::const_iterator end_;
};

// Kept rows with what has changed since laid over them.
class KeptSource final : public RowSource {
 public:
  explicit KeptSource(const KeptRows& kept) : kept_(kept) {}

  void add(const Group& group, RowDifference difference) {
    for (std::size_t i = 0; i < group.projections.size(); ++i) {
      for (const TableInfo& table : group.projections[i].tables) {
        tables_.emplace(table.name, std::pair(group.projections[i], group.states[i]));
      }
    }
    difference_.removed.merge(difference.removed);
    difference_.added.merge(difference.added);
  }
  // Rows of projections that are not kept.
  void add(Rows rows) { difference_.added.merge(rows); }

  std::uint64_t rows_about(std::string_view table) const override {
    const auto found = tables_.find(table);
    if (found == tables_.end()) return 0;
    const Tables& kept = found->second.second.tables;
    const auto state = kept.find(table);
    return state == kept.end() ? 0 : state->second.rows;
  }

  unsigned threads() const override { return kept_.threads(); }
  Result<void> scan(std::string_view table, const Visit& visit) const override {
    Overlay all(difference_, {table, "", std::nullopt}, visit);
    const auto found = tables_.find(table);
    if (found != tables_.end()) {
      const auto& [projection, state] = found->second;
      LIGGARE_CHECK(kept_.scan(projection, state, table, all.visit()));
    }
    all.finish();
    return {};
  }
  Result<void> scan_in_halves(std::string_view table, const Visit& first,
                              const Visit& second) const override {
    const auto found = tables_.find(table);
    if (threads() < 2 || found == tables_.end()) return scan(table, first);
    const auto& [projection, state] = found->second;
    LIGGARE_TRY(const std::string middle, kept_.middle_key(projection, state, table));
    Overlay before(difference_, {table, "", middle}, first);
    Overlay after(difference_, {table, middle, std::nullopt}, second);
    LIGGARE_CHECK(
        kept_.scan_in_halves(projection, state, table, middle, before.visit(), after.visit()));
    before.finish();
    after.finish();
    return {};
  }

 private:
  const KeptRows& kept_;
  std::map<std::string_view, std::pair<Projection, KeptState>> tables_;
  RowDifference difference_;  // A changed row stands on both sides.
};

}  // namespace

std::optional<KeptState> usable_state(const store::EventLog& log, const KeptRows* kept,
                                      const Projection& projection, std::uint64_t size) {
  if (kept == nullptr) return std::nullopt;
  auto state = kept->state(projection);
  if (!state || !*state || (*state)->version != projection.version) return std::nullopt;
  if ((*state)->position > size) return std::nullopt;
  // After a log was restored beside newer rows, a position alone would not tell.
  const auto head = head_at(log, (*state)->position);
  if (!head || head->root_hash != (*state)->root) return std::nullopt;
  return *std::move(*state);
}

Result<RowDifference> difference_between(const store::EventLog& log,
                                         std::span<const Projection> projections,
                                         std::uint64_t from, std::uint64_t to) {
  RowDifference difference;
  LIGGARE_TRY(const auto subjects, touched_subjects(log, from, to));
  for (const std::string& subject : subjects) {
    LIGGARE_TRY(const domain::Stream stream, read_stream(log, subject, to));
    const domain::Subject& named = stream.front()->event.subject;
    add_stream(projections, named, domain::known_at(stream, from), stream, difference);
  }
  drop_unchanged(difference);
  return difference;
}

Result<std::unique_ptr<RowSource>> source_at_now(const store::EventLog& log,
                                                 std::span<const Projection> projections,
                                                 const KeptRows* kept, std::uint64_t size) {
  const Sorted sorted = sort_by_position(log, projections, kept, size);
  Rows folded_rows;
  if (!sorted.unusable.empty()) {
    LIGGARE_TRY(FoldedRows folded, FoldedRows::fold(log, sorted.unusable, size));
    if (sorted.kept.empty()) return std::unique_ptr<RowSource>(new FoldedRows(std::move(folded)));
    folded_rows = std::move(folded).take();
  }
  if (sorted.kept.empty()) return std::unique_ptr<RowSource>(new FoldedRows(Rows()));
  auto source = std::make_unique<KeptSource>(*kept);
  source->add(std::move(folded_rows));
  for (const auto& [position, group] : sorted.kept) {
    LIGGARE_TRY(auto difference, difference_between(log, group.projections, position, size));
    source->add(group, std::move(difference));
  }
  return std::unique_ptr<RowSource>(std::move(source));
}

Result<std::vector<KeptState>> advance(const store::EventLog& log,
                                       std::span<const Projection> projections,
                                       std::vector<KeptState> states, KeptRows& kept,
                                       std::uint64_t size) {
  // They stand at several positions where an earlier advance was interrupted.
  std::map<std::uint64_t, std::vector<std::size_t>> behind;
  for (std::size_t i = 0; i < states.size(); ++i) {
    if (states[i].position != size) behind[states[i].position].push_back(i);
  }
  if (behind.empty()) return states;
  LIGGARE_TRY(const merkle::TreeHead head, head_at(log, size));
  for (const auto& [position, places] : behind) {
    std::vector<Projection> together;
    for (const std::size_t i : places) together.push_back(projections[i]);
    LIGGARE_TRY(const auto difference, difference_between(log, together, position, size));
    for (const std::size_t i : places) {
      LIGGARE_TRY(states[i], kept.update(projections[i], states[i],
                                         rows_in(difference.removed, projections[i]),
                                         rows_in(difference.added, projections[i]), head));
    }
  }
  return states;
}

Result<void> catch_up(const store::EventLog& log, std::span<const Projection> projections,
                      KeptRows& kept, std::uint64_t size) {
  const Sorted sorted = sort_by_position(log, projections, &kept, size);
  for (const auto& [position, group] : sorted.kept) {
    LIGGARE_CHECK(advance(log, group.projections, group.states, kept, size));
  }
  if (sorted.unusable.empty()) return {};
  for (const Projection& projection : sorted.unusable) {
    const auto state = kept.state(projection);
    if (!state || !*state || (*state)->version == projection.version) continue;
    diagnostics::warn("projection " + std::string(projection.name) + " was kept in version " +
                      std::to_string((*state)->version) + "; it is rebuilt in version " +
                      std::to_string(projection.version));
  }
  LIGGARE_CHECK(rebuild(log, sorted.unusable, kept, {size, {}}));
  return {};
}

}  // namespace liggare::projection
