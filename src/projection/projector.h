// Keeps projections up with the log: catches up event by event, or folds everything anew.
#pragma once

#include <filesystem>
#include <memory>
#include <span>

#include "projection/folded_rows.h"
#include "projection/kept_rows.h"

namespace liggare::projection {

// What rows `changed` streams leave at one size and at another: the difference that views take.
struct RowDifference {
  Rows removed;
  Rows added;
};

// The streams with events in [from, to), folded at both sizes. Rows that stay as they are stand on
// neither side.
Result<RowDifference> difference_between(const store::EventLog& log,
                                         std::span<const Projection> projections,
                                         std::uint64_t from, std::uint64_t to);

// The current rows of `projections` at `size`: what is kept, brought up to `size` in memory where
// it lags; folded anew where nothing usable is kept. `kept` may be null.
Result<Rows> rows_at_now(const store::EventLog& log, std::span<const Projection> projections,
                         const KeptRows* kept, std::uint64_t size);

// Brings what is kept up to `size`. A projection that is missing, damaged or of another version
// is rebuilt.
Result<void> catch_up(const store::EventLog& log, std::span<const Projection> projections,
                      KeptRows& kept, std::uint64_t size);

// Folds every stream anew and replaces what is kept of these projections.
Result<void> rebuild(const store::EventLog& log, std::span<const Projection> projections,
                     KeptRows& kept, std::uint64_t size, const Progress& progress);

}  // namespace liggare::projection
