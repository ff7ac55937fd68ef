#include "projection/seal_state.h"

#include <algorithm>

#include "base/bytes.h"
#include "codec/record.h"
#include "merkle/tree.h"
#include "projection/difference.h"
#include "projection/rebuild.h"

namespace liggare::projection {
namespace {

constexpr std::string_view state_key = "state";
constexpr const char* directory_name = "directory";

std::string rows_name(const Projection& projection) {
  return "rows/" + std::string(projection.name);
}

// u64 size ‖ root ‖ the projections' names and versions.
std::string state_bytes(const merkle::TreeHead& head, std::span<const Projection> projections) {
  std::string bytes;
  put_u64(bytes, head.tree_size);
  bytes += head.root_hash.view();
  for (const Projection& projection : projections) {
    bytes += std::string(projection.name) + " " + std::to_string(projection.version) + "\n";
  }
  return bytes;
}

// The size that was saved; nothing where it was of another history.
Result<std::optional<std::uint64_t>> saved_size(const std::string& state,
                                                const store::EventLog& log) {
  constexpr std::size_t size_bytes = 8;
  if (state.size() < size_bytes + hash_bytes) return std::optional<std::uint64_t>();
  const std::uint64_t size = get_u64(state);
  if (size > log.head().tree_size) return std::optional<std::uint64_t>();
  LIGGARE_TRY(const merkle::TreeHead head, head_at(log, size));
  if (head.root_hash != Hash::from(std::string_view(state).substr(size_bytes, hash_bytes))) {
    return std::optional<std::uint64_t>();
  }
  return std::optional(size);
}

}  // namespace

SealState::SealState(std::span<const Projection> projections)
    : projections_(projections.begin(), projections.end()),
      rows_(projections.begin(), projections.end()) {}

Result<SealState> SealState::open(std::unique_ptr<store::RowStore> store,
                                  std::span<const Projection> projections,
                                  const store::EventLog& log) {
  SealState state(projections);
  state.rows_.clear();
  state.store_ = std::move(store);
  const store::RowStore& kept = *state.store_;
  LIGGARE_TRY(const auto saved, kept.get(state_key));
  std::optional<std::uint64_t> size;
  if (saved) {
    LIGGARE_TRY(size, saved_size(*saved, log));
  }
  if (size) {
    LIGGARE_TRY(const merkle::TreeHead head, head_at(log, *size));
    if (*saved != state_bytes(head, projections)) size.reset();
  }
  if (size) {
    state.size_ = *size;
    LIGGARE_TRY(auto rows, BucketedRows::open(kept, directory_name, Directory::leaf_hash));
    state.directory_ = Directory(std::move(rows));
    for (const Projection& projection : projections) {
      LIGGARE_TRY(auto own, BucketedRows::open(kept, rows_name(projection),
                                               DigestedRows::leaf_hash(projection)));
      state.rows_.emplace_back(projection, std::move(own));
    }
    return state;
  }
  for (const char* prefix : {"state", directory_name, "rows/"}) {
    LIGGARE_CHECK(state.store_->erase(prefix));
  }
  state.directory_ = Directory(BucketedRows::fresh(kept, directory_name, Directory::leaf_hash));
  for (const Projection& projection : projections) {
    state.rows_.emplace_back(projection, BucketedRows::fresh(kept, rows_name(projection),
                                                             DigestedRows::leaf_hash(projection)));
  }
  return state;
}

Result<std::optional<Directory>> SealState::saved_directory(const store::RowStore& store,
                                                            const store::EventLog& log,
                                                            std::uint64_t size) {
  LIGGARE_TRY(const auto saved, store.get(state_key));
  if (!saved) return std::optional<Directory>();
  LIGGARE_TRY(const auto found, saved_size(*saved, log));
  if (found != size) return std::optional<Directory>();
  LIGGARE_TRY(auto rows, BucketedRows::open(store, directory_name, Directory::leaf_hash));
  return std::optional(Directory(std::move(rows)));
}

Result<void> SealState::advance(const store::EventLog& log, std::uint64_t size,
                                const Progress& progress) {
  LIGGARE_ASSERT(size_ <= size, "a seal's state only goes forward");
  if (size_ == size) return {};
  if (size_ == 0) {
    LIGGARE_CHECK(take_all_rows(log, size, progress));
  }
  LIGGARE_TRY(const Touched touched, take_streams(log, size));
  if (size_ != 0) {
    LIGGARE_CHECK(take_rows(log, touched, size));
  }
  size_ = size;
  return {};
}

Result<void> SealState::save(const store::EventLog& log) {
  LIGGARE_ASSERT(store_ != nullptr, "a state in memory is not kept");
  LIGGARE_TRY(const merkle::TreeHead head, head_at(log, size_));
  std::vector<store::RowChange> changes;
  directory_.rows().save(changes);
  for (DigestedRows& rows : rows_) rows.rows().save(changes);
  changes.push_back({std::string(state_key), state_bytes(head, projections_)});
  return store_->apply(changes);
}

Result<void> SealState::take_all_rows(const store::EventLog& log, std::uint64_t size,
                                      const Progress& progress) {
  LIGGARE_TRY(const FoldedRows folded, FoldedRows::fold(log, projections_, size, progress));
  for (DigestedRows& rows : rows_) {
    LIGGARE_CHECK(rows.add(folded.rows()));
  }
  return {};
}

Result<SealState::Touched> SealState::take_streams(const store::EventLog& log, std::uint64_t size) {
  std::map<std::string, merkle::DirectoryEntry> newest;
  Touched touched;
  const auto take = [&](std::uint64_t position, std::string_view bytes) -> Result<void> {
    LIGGARE_TRY(codec::Record record, codec::decode_record(bytes, position));
    const domain::StreamKind kind = record.event.event.subject.kind;
    const std::string subject = record.event.event.subject.text();
    newest[subject] = {subject, record.event.version, position, merkle::leaf_hash(bytes)};
    touched.emplace(subject, kind);
    if (kind == domain::StreamKind::ledger) {
      if (!own_streams_.contains(subject)) {
        LIGGARE_TRY(own_streams_[subject], read_stream(log, subject, size_));
      }
      own_streams_[subject].push_back(
          std::make_shared<const domain::RecordedEvent>(std::move(record.event)));
    }
    return {};
  };
  LIGGARE_CHECK(log.scan({size_, size}, take));
  for (const auto& [subject, entry] : newest) {
    LIGGARE_CHECK(directory_.put(entry));
  }
  return touched;
}

Result<void> SealState::take_rows(const store::EventLog& log, const Touched& touched,
                                  std::uint64_t size) {
  RowDifference difference;
  for (const auto& [subject, kind] : touched) {
    if (!concerns_any(projections_, kind)) continue;
    const auto own = own_streams_.find(subject);
    domain::Stream read;
    if (own == own_streams_.end()) {
      LIGGARE_TRY(read, read_stream(log, subject, size));
    }
    const domain::Stream& stream = own == own_streams_.end() ? read : own->second;
    add_stream(projections_, stream.front()->event.subject, domain::known_at(stream, size_), stream,
               difference);
  }
  drop_unchanged(difference);
  for (DigestedRows& rows : rows_) {
    LIGGARE_CHECK(rows.apply(difference));
  }
  return {};
}

}  // namespace liggare::projection
