// Holds the answers about a history against each other: kept, rebuilt and folded from scratch must
// be the same for every report, after every event.
//
// The ways to the rows of a report:
// - kept: after each event only the touched stream is folded, before and after, and the difference
//   applied (projection/difference.h), as the projector does;
// - scratch: every stream folded anew after each event;
// - remembered: much later, from the whole history, its events at positions < at: what was answered
//   then must be answered again;
// - cut: from participants' streams as they would be had everything been sent right the first time
//   and nothing about days after as-of (plain_story.h). Other streams count on all days (contract
//   P13). `late` and `history` show events as they were sent (contract P19, P20) and are left out.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tests/projections/inquiry.h"

namespace liggare::projections {

struct Difference {
  std::string what;
  // What it takes to see it again: none for rows, which are compared after every event.
  std::vector<Moment> moments;
};

// By name of the report: how many answers had rows.
using AnswersWithRows = std::map<std::string_view, std::size_t>;

// The first difference, if any.
std::optional<Difference> check(const test::MemoryLedger& ledger,
                                const std::vector<Moment>& moments, AnswersWithRows& answered);

// The fewest events of the history that still show a difference at the moments that showed it.
test::MemoryLedger shrunk(const test::MemoryLedger& ledger, const Difference& difference);

}  // namespace liggare::projections
