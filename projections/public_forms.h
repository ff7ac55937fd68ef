// The public forms of reports: small counts of persons hidden (contract, section 4, --public).
//
// Reports whose rows are about single participants have none. Which columns count persons, and
// what could be reckoned from what, is said here alone.
#pragma once

#include "projection/report.h"

namespace liggare::projections {

using projection::Answer;
using projection::Question;

Result<Answer> public_places(const Question& question, Answer answer, std::int64_t small_cell);
// Targets and reconcile: the columns derived and deviation or difference.
Result<Answer> public_measures(const Question& question, Answer answer, std::int64_t small_cell);
Result<Answer> public_occupancy(const Question& question, Answer answer, std::int64_t small_cell);
// The summary alone: the rows are participants.
Result<Answer> public_ladder(const Question& question, Answer answer, std::int64_t small_cell);
Result<Answer> public_bottlenecks(const Question& question, Answer answer, std::int64_t small_cell);
Result<Answer> public_flow(const Question& question, Answer answer, std::int64_t small_cell);

}  // namespace liggare::projections
