// Rows folded from a prefix of the log, in memory: how a question about the past is answered, and
// what kept rows are compared with.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "projection/projection.h"
#include "projection/row_source.h"
#include "store/event_log.h"

namespace liggare::projection {

// Streams folded so far, and how many there are.
using Progress = std::function<void(std::uint64_t done, std::uint64_t total)>;

class FoldedRows final : public RowSource {
 public:
  // Folds every stream's events at positions < size, on all cores.
  static Result<FoldedRows> fold(const store::EventLog& log,
                                 std::span<const Projection> projections, std::uint64_t size,
                                 const Progress& progress = {});
  explicit FoldedRows(Rows rows) : rows_(std::move(rows)) {}

  unsigned threads() const override;
  Result<void> scan(std::string_view table, const Visit& visit) const override;
  const Rows& rows() const { return rows_; }
  Rows take() && { return std::move(rows_); }

 private:
  Rows rows_;
};

// A stream's events as they are stored; whoever gathered them holds the bytes.
struct StoredStream {
  std::vector<std::uint64_t> positions;
  std::vector<std::string_view> records;  // One for each position.
};
// Decodes and folds whole streams, on all cores; rows in as many parts as there are cores, no key
// in two. Requires streams that are not empty. Fails as codec::decode_record().
Result<std::vector<Rows>> fold_streams(std::span<const StoredStream> streams,
                                       std::span<const Projection> projections);

// The events at these positions, decoded. Fails as the log does.
Result<domain::Stream> read_events(const store::EventLog& log,
                                   const std::vector<std::uint64_t>& positions);
// One stream's events at positions < size, decoded.
Result<domain::Stream> read_stream(const store::EventLog& log, std::string_view subject,
                                   std::uint64_t size);

}  // namespace liggare::projection
