#include "projection/seal_state.h"

#include <algorithm>

#include "codec/record.h"
#include "merkle/tree.h"
#include "projection/difference.h"

namespace liggare::projection {

SealState::SealState(std::span<const Projection> projections)
    : projections_(projections.begin(), projections.end()),
      rows_(projections.begin(), projections.end()) {}

Result<void> SealState::advance(const store::EventLog& log, std::uint64_t size,
                                const Progress& progress) {
  LIGGARE_ASSERT(size_ <= size, "a seal's state only goes forward");
  if (size_ == size) return {};
  if (size_ == 0) {
    LIGGARE_TRY(const FoldedRows folded, FoldedRows::fold(log, projections_, size, progress));
    for (DigestedRows& rows : rows_) rows.add(folded.rows());
  }
  LIGGARE_TRY(const Touched touched, take_streams(log, size));
  if (size_ != 0) {
    LIGGARE_CHECK(take_rows(log, touched, size));
  }
  size_ = size;
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
      own_streams_[subject].push_back(
          std::make_shared<const domain::RecordedEvent>(std::move(record.event)));
    }
    return {};
  };
  LIGGARE_CHECK(log.scan({size_, size}, take));
  for (auto& [subject, entry] : newest) directory_.put(std::move(entry));
  return touched;
}

Result<void> SealState::take_rows(const store::EventLog& log, const Touched& touched,
                                  std::uint64_t size) {
  RowDifference difference;
  for (const auto& [subject, kind] : touched) {
    if (!concerns_any(kind)) continue;
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
  for (DigestedRows& rows : rows_) rows.apply(difference);
  return {};
}

bool SealState::concerns_any(domain::StreamKind kind) const {
  return std::any_of(projections_.begin(), projections_.end(),
                     [kind](const Projection& projection) { return projection.concerns(kind); });
}

}  // namespace liggare::projection
