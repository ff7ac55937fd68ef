// Folds projections anew beside what is kept of them, and puts the new build in its place.
//
// Memory stays bounded, since streams are folded some at a time (a million events, about); a
// rebuild that was interrupted goes on after the last of these; events that arrive meanwhile are
// taken in before the switch.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "projection/folded_rows.h"
#include "projection/kept_rows.h"

namespace liggare::projection {

// How the rows of a new build differ from those of the build that it replaced.
struct RowCounts {
  std::uint64_t added = 0;
  std::uint64_t removed = 0;
  std::uint64_t changed = 0;
  bool operator==(const RowCounts&) const = default;
};

struct RebuiltProjection {
  std::string name;
  int version = 0;
  std::uint64_t position = 0;
  std::uint64_t rows = 0;
  std::optional<int> replaced_version;  // Nothing where none was kept.
  // Nothing where there is nothing to compare with: none kept, another version, damaged, or folded
  // from another history.
  std::optional<RowCounts> difference;
};

struct RebuildOptions {
  std::uint64_t size = 0;
  Progress progress;  // Events done so far, and in all.
  // The newest durable size, asked once all streams are folded; null where none arrive.
  std::function<Result<std::uint64_t>()> newest = {};
  // Of records in memory. Where the log has more, they wait in a file without a name beside the
  // kept rows.
  std::size_t bytes_max = std::size_t{448} << 20U;
};

Result<std::vector<RebuiltProjection>> rebuild(const store::EventLog& log,
                                               std::span<const Projection> projections,
                                               KeptRows& kept, const RebuildOptions& options);

// The tree at a size of the log.
Result<merkle::TreeHead> head_at(const store::EventLog& log, std::uint64_t size);

}  // namespace liggare::projection
