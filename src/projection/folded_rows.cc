#include "projection/folded_rows.h"

#include <atomic>
#include <mutex>
#include <optional>
#include <unordered_map>

#include "codec/record.h"
#include "projection/cores.h"
#include "projection/rows_view.h"

namespace liggare::projection {
namespace {

using Streams = std::unordered_map<std::string, domain::Stream>;

bool concerns_any(std::span<const Projection> projections, domain::StreamKind kind) {
  for (const Projection& projection : projections) {
    if (projection.concerns(kind)) return true;
  }
  return false;
}

// Reads the log once, in order, and keeps the events of the streams that leave rows.
Result<Streams> read_streams(const store::EventLog& log, std::span<const Projection> projections,
                             std::uint64_t size) {
  Streams streams;
  LIGGARE_CHECK(
      log.scan({0, size}, [&](std::uint64_t position, std::string_view bytes) -> Result<void> {
        LIGGARE_TRY(codec::Record record, codec::decode_record(bytes, position));
        const domain::Subject& subject = record.event.event.subject;
        if (!concerns_any(projections, subject.kind)) return {};
        streams[subject.text()].push_back(
            std::make_shared<const domain::RecordedEvent>(std::move(record.event)));
        return {};
      }));
  return streams;
}

template <class Record>
Result<domain::Stream> decode(const std::vector<Record>& records,
                              const std::vector<std::uint64_t>& positions) {
  domain::Stream stream;
  stream.reserve(records.size());
  for (std::size_t i = 0; i < records.size(); ++i) {
    LIGGARE_TRY(codec::Record record, codec::decode_record(records[i], positions[i]));
    stream.push_back(std::make_shared<const domain::RecordedEvent>(std::move(record.event)));
  }
  return stream;
}

// Parts of streams that follow on one another, of about as many records each.
std::vector<std::span<const StoredStream>> share(std::span<const StoredStream> streams,
                                                 std::size_t parts) {
  std::size_t records = 0;
  for (const StoredStream& stream : streams) records += stream.records.size();
  std::vector<std::span<const StoredStream>> shares;
  std::size_t shared = 0;
  auto next = streams.begin();
  for (std::size_t part = 1; part <= parts; ++part) {
    const auto from = next;
    for (; next != streams.end() && shared * parts < part * records; ++next) {
      shared += next->records.size();
    }
    shares.emplace_back(from, next);
  }
  return shares;
}

}  // namespace

Result<FoldedRows> FoldedRows::fold(const store::EventLog& log,
                                    std::span<const Projection> projections, std::uint64_t size,
                                    const Progress& progress) {
  if (projections.empty()) return FoldedRows(Rows());
  LIGGARE_TRY(const Streams streams, read_streams(log, projections, size));
  std::vector<const domain::Stream*> work;
  work.reserve(streams.size());
  for (const auto& [subject, stream] : streams) work.push_back(&stream);

  Rows rows;
  std::mutex rows_mutex;
  std::atomic<std::size_t> next = 0;
  const auto fold_some = [&] {
    Rows own;
    for (std::size_t i = next++; i < work.size(); i = next++) {
      fold_stream(projections, work[i]->front()->event.subject, *work[i], own);
      if (progress) {
        const std::scoped_lock lock(rows_mutex);
        progress(i + 1, work.size());
      }
    }
    const std::scoped_lock lock(rows_mutex);
    rows.merge(own);
  };
  on_all_cores(fold_some);
  return FoldedRows(std::move(rows));
}

unsigned FoldedRows::threads() const { return core_count(); }

Result<void> FoldedRows::scan(std::string_view table, const Visit& visit) const {
  return RowsView(rows_).scan(table, visit);
}

Result<std::vector<Rows>> fold_streams(std::span<const StoredStream> streams,
                                       std::span<const Projection> projections) {
  // Each part is of streams that follow on one another, so that the rows of most tables lie apart.
  // Which part a stream falls to depends on nothing but its place: the same streams always make the
  // same parts.
  const auto shares = share(streams, core_count());
  std::vector<Rows> parts(shares.size());
  std::optional<Error> failure;
  std::mutex mutex;
  std::atomic<std::size_t> next = 0;
  on_threads(static_cast<unsigned>(shares.size()), [&] {
    const std::size_t part = next++;
    for (const StoredStream& stored : shares[part]) {
      const auto stream = decode(stored.records, stored.positions);
      if (!stream) {
        const std::scoped_lock lock(mutex);
        failure = stream.error();
        return;
      }
      fold_stream(projections, stream->front()->event.subject, *stream, parts[part]);
    }
  });
  if (failure) return Unexpected{*std::move(failure)};
  return parts;
}

Result<domain::Stream> read_events(const store::EventLog& log,
                                   const std::vector<std::uint64_t>& positions) {
  LIGGARE_TRY(const std::vector<std::string> records, log.records(positions));
  return decode(records, positions);
}

Result<domain::Stream> read_stream(const store::EventLog& log, std::string_view subject,
                                   std::uint64_t size) {
  LIGGARE_TRY(const std::vector<std::uint64_t> positions, log.stream(subject, size));
  if (positions.empty()) return domain::Stream();  // Most often of a stream that is about to begin.
  return read_events(log, positions);
}

}  // namespace liggare::projection
