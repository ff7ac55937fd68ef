// Why an answer is what it is: the events that it rests on, and no others.
//
// An answer rests on a set of events when they alone give it, and on each of them when without it
// they don't: the rest of the ledger may be forgotten, none of them can. Found by leaving events
// out, whole streams first, and asking again; so it holds for every report, without a word about
// any of them.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <span>
#include <vector>

#include "domain/decide.h"
#include "projection/projection.h"
#include "projection/row_source.h"

namespace liggare::projection {

using StreamsBySubject = std::map<domain::Subject, domain::Stream>;

// What an answer may look at while events are left out.
struct Evidence {
  const RowSource& rows;
  std::function<Result<domain::Stream>(const domain::Subject&)> stream;
};

// Whether the evidence still gives what is to be explained.
using Holds = std::function<Result<bool>(const Evidence&)>;

struct Explanation {
  std::vector<std::uint64_t> rests_on;  // Positions, in order.
  // What those need to be accepted, such as a unit or the person's registration.
  std::vector<std::uint64_t> refers_to;
};

struct ExplainOptions {
  // Events at positions below are taken for granted: only later ones are asked about.
  std::uint64_t granted = 0;
  // Called now and then with the questions asked so far.
  std::function<void(std::uint64_t asked)> progress;
};

// `streams` holds all that is known. Requires that it gives what is to be explained.
Result<Explanation> explain(const StreamsBySubject& streams,
                            std::span<const Projection> projections, const Holds& holds,
                            const ExplainOptions& options = {});

}  // namespace liggare::projection
