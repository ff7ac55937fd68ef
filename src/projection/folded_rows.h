// Rows folded from a prefix of the log, in memory: how a question about the past is answered, and
// what kept rows are compared with.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "projection/projection.h"
#include "projection/row_source.h"
#include "projection/stream_shares.h"
#include "store/event_log.h"

namespace liggare::projection {

class FoldedRows final : public RowSource {
 public:
  // Folds every stream's events at positions < size, on as many threads as may read the log. Has
  // all of their records in memory meanwhile. `progress` is called on any of these, one at a time.
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

// Decodes and folds all streams of a share. Fails as codec::decode_record().
Result<void> fold_share(const Share& share, std::span<const Projection> projections, RowSink& sink);

// The events at these positions, decoded. Fails as the log does.
Result<domain::Stream> read_events(const store::EventLog& log,
                                   const std::vector<std::uint64_t>& positions);
// One stream's events at positions < size, decoded.
Result<domain::Stream> read_stream(const store::EventLog& log, std::string_view subject,
                                   std::uint64_t size);

}  // namespace liggare::projection
