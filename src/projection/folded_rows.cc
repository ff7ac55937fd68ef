#include "projection/folded_rows.h"

#include <atomic>
#include <mutex>
#include <thread>
#include <unordered_map>

#include "codec/record.h"

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

}  // namespace

Result<FoldedRows> FoldedRows::fold(const store::EventLog& log,
                                    std::span<const Projection> projections, std::uint64_t size,
                                    const Progress& progress) {
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
  {
    std::vector<std::jthread> workers;
    const unsigned helpers = std::max(1U, std::thread::hardware_concurrency()) - 1;
    for (unsigned i = 0; i < helpers; ++i) workers.emplace_back(fold_some);
    fold_some();
  }
  return FoldedRows(std::move(rows));
}

Result<void> FoldedRows::scan(std::string_view table, const Visit& visit) const {
  for (auto row = rows_.lower_bound({std::string(table), {}});
       row != rows_.end() && row->first.first == table; ++row) {
    visit(row->first.second, row->second);
  }
  return {};
}

Result<domain::Stream> read_stream(const store::EventLog& log, std::string_view subject,
                                   std::uint64_t size) {
  LIGGARE_TRY(const std::vector<std::uint64_t> positions, log.stream(subject, size));
  LIGGARE_TRY(const std::vector<std::string> records, log.records(positions));
  domain::Stream stream;
  stream.reserve(records.size());
  for (std::size_t i = 0; i < records.size(); ++i) {
    LIGGARE_TRY(codec::Record record, codec::decode_record(records[i], positions[i]));
    stream.push_back(std::make_shared<const domain::RecordedEvent>(std::move(record.event)));
  }
  return stream;
}

}  // namespace liggare::projection
