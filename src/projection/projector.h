// Keeps projections up with the log: catches up event by event, or folds everything anew.
#pragma once

#include <memory>
#include <span>

#include "projection/difference.h"
#include "projection/folded_rows.h"
#include "projection/kept_rows.h"

namespace liggare::projection {

// The streams with events in [from, to), folded at both sizes. Rows that stay as they are stand on
// neither side.
Result<RowDifference> difference_between(const store::EventLog& log,
                                         std::span<const Projection> projections,
                                         std::uint64_t from, std::uint64_t to);

// The rows of `projections` at `size`: what is kept, brought up to `size` in memory where it lags;
// folded anew where nothing usable is kept. `kept` may be null; it must outlive the source. A scan
// of damaged kept rows gives corrupt when it has visited them.
Result<std::unique_ptr<RowSource>> source_at_now(const store::EventLog& log,
                                                 std::span<const Projection> projections,
                                                 const KeptRows* kept, std::uint64_t size);

// The state of what is kept, where it can be used: of the projection's version, and folded from a
// prefix of this log no longer than `size`.
std::optional<KeptState> usable_state(const store::EventLog& log, const KeptRows* kept,
                                      const Projection& projection, std::uint64_t size);

// Brings builds of `projections`, each from its own position, up to `size`; gives their new states.
Result<std::vector<KeptState>> advance(const store::EventLog& log,
                                       std::span<const Projection> projections,
                                       std::vector<KeptState> states, KeptRows& kept,
                                       std::uint64_t size);

// Brings what is kept up to `size`. A projection that is missing, damaged, far behind or of
// another version is rebuilt.
Result<void> catch_up(const store::EventLog& log, std::span<const Projection> projections,
                      KeptRows& kept, std::uint64_t size);

}  // namespace liggare::projection
