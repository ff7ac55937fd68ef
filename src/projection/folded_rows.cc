#include "projection/folded_rows.h"

#include <mutex>

#include "base/share_out.h"
#include "codec/record.h"
#include "projection/rows_view.h"

namespace liggare::projection {
namespace {

Result<domain::Stream> decode(std::span<const StoredRecord> records) {
  domain::Stream stream;
  stream.reserve(records.size());
  for (const auto& [position, bytes] : records) {
    LIGGARE_TRY(auto event, codec::decode_event(bytes, position));
    stream.push_back(std::move(event));
  }
  return stream;
}

}  // namespace

Result<FoldedRows> FoldedRows::fold(const store::EventLog& log,
                                    std::span<const Projection> projections, std::uint64_t size,
                                    const Progress& progress) {
  if (projections.empty()) return FoldedRows(Rows());
  const auto tell = [&](std::uint64_t done) {
    if (progress) progress(done, size);
  };
  // Reading is half of the work, about.
  const auto half = [&](std::uint64_t done, std::uint64_t) { tell(done / 2); };
  const StreamShares::Wanted wanted{projections, size};
  LIGGARE_TRY(StreamShares shares, StreamShares::gather(log, wanted, {log.threads()}, half));
  Rows rows;
  std::mutex mutex;
  std::uint64_t folded = 0;
  LIGGARE_CHECK(
      share_out({shares.count(), log.threads()}, [&](std::uint64_t index) -> Result<void> {
        Rows own;
        RowsSink sink(own);
        LIGGARE_TRY(const Share share, shares.take(index));
        LIGGARE_CHECK(fold_share(share, projections, sink));
        const std::scoped_lock lock(mutex);
        rows.merge(own);
        folded += share.records;
        tell((size + folded) / 2);
        return {};
      }));
  tell(size);
  return FoldedRows(std::move(rows));
}

Result<void> fold_share(const Share& share, std::span<const Projection> projections,
                        RowSink& sink) {
  for (const auto& records : share.streams) {
    LIGGARE_TRY(const domain::Stream stream, decode(records));
    fold_stream(projections, stream.front()->event.subject, stream, sink);
  }
  return {};
}

unsigned FoldedRows::threads() const { return core_count(); }

Result<void> FoldedRows::scan(std::string_view table, const Visit& visit) const {
  return RowsView(rows_).scan(table, visit);
}

Result<domain::Stream> read_events(const store::EventLog& log,
                                   const std::vector<std::uint64_t>& positions) {
  LIGGARE_TRY(const std::vector<std::string> records, log.records(positions));
  std::vector<StoredRecord> stored;
  stored.reserve(records.size());
  for (std::size_t i = 0; i < records.size(); ++i) stored.push_back({positions[i], records[i]});
  return decode(stored);
}

Result<domain::Stream> read_stream(const store::EventLog& log, std::string_view subject,
                                   std::uint64_t size) {
  LIGGARE_TRY(const std::vector<std::uint64_t> positions, log.stream(subject, size));
  if (positions.empty()) return domain::Stream();  // Most often of a stream that is about to begin.
  return read_events(log, positions);
}

}  // namespace liggare::projection
