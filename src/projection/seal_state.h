// What a seal closes the books over (evidence, section 5): the stream directory and the digests of
// projections, followed along the log.
//
// Going on from one seal to the next costs what has changed between them: in memory, or kept on
// disk from one process to the next.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "projection/digest.h"
#include "projection/directory.h"
#include "projection/folded_rows.h"
#include "store/event_log.h"

namespace liggare::projection {

class SealState {
 public:
  // Of no events, in memory.
  explicit SealState(std::span<const Projection> projections);
  // What save() left in `store`, where it was of these projections and of a prefix of `log`; of no
  // events otherwise, and what else the store holds is erased.
  static Result<SealState> open(std::unique_ptr<store::RowStore> store,
                                std::span<const Projection> projections,
                                const store::EventLog& log);
  // The directory that save() left in `store`, where it was of `size` events of `log`.
  static Result<std::optional<Directory>> saved_directory(const store::RowStore& store,
                                                          const store::EventLog& log,
                                                          std::uint64_t size);

  // Takes in the events up to `size`. Requires size() ≤ size. After an error it is of no use.
  Result<void> advance(const store::EventLog& log, std::uint64_t size,
                       const Progress& progress = {});
  // Keeps it as it is now. Requires a state from open().
  Result<void> save(const store::EventLog& log);

  std::uint64_t size() const { return size_; }
  Directory& directory() { return directory_; }
  std::vector<DigestedRows>& projections() { return rows_; }

 private:
  // The subjects that events have been taken in of, with their kinds.
  using Touched = std::map<std::string, domain::StreamKind>;
  Result<Touched> take_streams(const store::EventLog& log, std::uint64_t size);
  Result<void> take_rows(const store::EventLog& log, const Touched& touched, std::uint64_t size);
  Result<void> take_all_rows(const store::EventLog& log, std::uint64_t size,
                             const Progress& progress);

  std::unique_ptr<store::RowStore> store_;  // None in memory. First: the rows read from it.
  std::vector<Projection> projections_;
  std::uint64_t size_ = 0;
  Directory directory_;
  std::vector<DigestedRows> rows_;
  // The ledger's own streams: every seal stands on one, and would have it read whole again.
  std::map<std::string, domain::Stream> own_streams_;
};

}  // namespace liggare::projection
