// What a seal closes the books over (evidence, section 5): the stream directory and the digests of
// projections, followed along the log.
//
// In memory. Going on from one seal to the next costs what has changed between them.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "merkle/directory.h"
#include "projection/digest.h"
#include "projection/folded_rows.h"
#include "store/event_log.h"

namespace liggare::projection {

class SealState {
 public:
  explicit SealState(std::span<const Projection> projections);

  // Takes in the events up to `size`. Requires size() ≤ size. After an error it is of no use.
  Result<void> advance(const store::EventLog& log, std::uint64_t size,
                       const Progress& progress = {});

  std::uint64_t size() const { return size_; }
  merkle::Directory& directory() { return directory_; }
  std::vector<DigestedRows>& projections() { return rows_; }

 private:
  // The subjects that events have been taken in of, with their kinds.
  using Touched = std::map<std::string, domain::StreamKind>;
  Result<Touched> take_streams(const store::EventLog& log, std::uint64_t size);
  Result<void> take_rows(const store::EventLog& log, const Touched& touched, std::uint64_t size);
  bool concerns_any(domain::StreamKind kind) const;

  std::vector<Projection> projections_;
  std::uint64_t size_ = 0;
  merkle::Directory directory_;
  std::vector<DigestedRows> rows_;
  // The ledger's own streams: every seal stands on one, and would have it read whole again.
  std::map<std::string, domain::Stream> own_streams_;
};

}  // namespace liggare::projection
