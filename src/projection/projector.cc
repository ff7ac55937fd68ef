#include "projection/projector.h"

#include <algorithm>
#include <set>

#include "base/diagnostics.h"
#include "codec/record.h"

namespace liggare::projection {
namespace {

Result<std::set<std::string>> touched_subjects(const store::EventLog& log, std::uint64_t from,
                                               std::uint64_t to) {
  std::set<std::string> subjects;
  LIGGARE_CHECK(
      log.scan({from, to}, [&](std::uint64_t position, std::string_view bytes) -> Result<void> {
        LIGGARE_TRY(const codec::Record record, codec::decode_record(bytes, position));
        subjects.insert(record.event.event.subject.text());
        return {};
      }));
  return subjects;
}

// Takes out of both what is the same in both.
void drop_common(Rows& left, Rows& right) {
  for (auto row = left.begin(); row != left.end();) {
    const auto same = right.find(row->first);
    if (same != right.end() && same->second == row->second) {
      right.erase(same);
      row = left.erase(row);
    } else {
      ++row;
    }
  }
}

void apply(Rows& rows, RowDifference difference) {
  for (const auto& [key, row] : difference.removed) rows.erase(key);
  for (auto& [key, row] : difference.added) rows.insert_or_assign(key, std::move(row));
}

Result<merkle::TreeHead> head_at(const store::EventLog& log, std::uint64_t size) {
  LIGGARE_TRY(const Hash root,
              merkle::root_at(size, [&](merkle::NodeId id) { return log.node(id); }));
  return merkle::TreeHead{size, root};
}

// Usable only when its projection's version is kept, and what was folded is a prefix of this log:
// after a log was restored beside newer rows, a position alone would not tell.
std::optional<KeptState> usable_state(const store::EventLog& log, const KeptRows* kept,
                                      const Projection& projection, std::uint64_t size) {
  if (kept == nullptr) return std::nullopt;
  auto state = kept->state(projection);
  if (!state || !*state || (*state)->position > size) return std::nullopt;
  const auto head = head_at(log, (*state)->position);
  if (!head || head->root_hash != (*state)->root) return std::nullopt;
  return **state;
}

// Whether refolding only what changed is less work than folding everything.
bool is_short(std::uint64_t position, std::uint64_t size) {
  constexpr std::uint64_t share = 4;
  return size - position <= std::max<std::uint64_t>(size / share, 1'000);
}

}  // namespace

Result<RowDifference> difference_between(const store::EventLog& log,
                                         std::span<const Projection> projections,
                                         std::uint64_t from, std::uint64_t to) {
  RowDifference difference;
  LIGGARE_TRY(const auto subjects, touched_subjects(log, from, to));
  for (const std::string& subject : subjects) {
    LIGGARE_TRY(const domain::Stream stream, read_stream(log, subject, to));
    const domain::Subject& named = stream.front()->event.subject;
    fold_stream(projections, named, domain::known_at(stream, from), difference.removed);
    fold_stream(projections, named, stream, difference.added);
  }
  drop_common(difference.removed, difference.added);
  return difference;
}

Result<Rows> rows_at_now(const store::EventLog& log, std::span<const Projection> projections,
                         const KeptRows* kept, std::uint64_t size) {
  Rows all;
  for (const Projection& projection : projections) {
    const std::span<const Projection> one(&projection, 1);
    const auto state = usable_state(log, kept, projection, size);
    if (state && is_short(state->position, size)) {
      auto rows = kept->read(projection, *state);
      if (rows) {
        LIGGARE_TRY(auto difference, difference_between(log, one, state->position, size));
        apply(*rows, std::move(difference));
        all.merge(*rows);
        continue;
      }
      diagnostics::warn(rows.error().message + "; the answer is folded from the log");
    }
    LIGGARE_TRY(const FoldedRows folded, FoldedRows::fold(log, one, size));
    Rows rows = folded.rows();
    all.merge(rows);
  }
  return all;
}

Result<void> catch_up(const store::EventLog& log, std::span<const Projection> projections,
                      KeptRows& kept, std::uint64_t size) {
  std::vector<Projection> stale;
  for (const Projection& projection : projections) {
    const std::span<const Projection> one(&projection, 1);
    const auto state = usable_state(log, &kept, projection, size);
    if (state && state->position == size) continue;
    if (!state || !is_short(state->position, size)) {
      diagnostics::info("projection " + std::string(projection.name) + " is folded anew");
      stale.push_back(projection);
      continue;
    }
    LIGGARE_TRY(const auto difference, difference_between(log, one, state->position, size));
    LIGGARE_TRY(const merkle::TreeHead head, head_at(log, size));
    LIGGARE_CHECK(kept.update(projection, *state, difference.removed, difference.added, head));
  }
  if (stale.empty()) return {};
  return rebuild(log, stale, kept, size, {});
}

Result<void> rebuild(const store::EventLog& log, std::span<const Projection> projections,
                     KeptRows& kept, std::uint64_t size, const Progress& progress) {
  LIGGARE_TRY(const merkle::TreeHead head, head_at(log, size));
  LIGGARE_TRY(const FoldedRows folded, FoldedRows::fold(log, projections, size, progress));
  for (const Projection& projection : projections) {
    Rows own;
    for (const TableInfo& table : projection.tables) {
      LIGGARE_CHECK(folded.scan(table.name, [&](std::string_view key, std::string_view row) {
        own.emplace(RowKey{table.name, key}, row);
      }));
    }
    LIGGARE_CHECK(kept.clear(projection));
    LIGGARE_CHECK(kept.update(projection, {}, {}, own, head));
  }
  return {};
}

}  // namespace liggare::projection
