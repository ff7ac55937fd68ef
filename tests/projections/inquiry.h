// What a random history is asked: every report with random options, at a few sizes and days.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "projection/report.h"
#include "tests/support/chance.h"
#include "tests/support/memory_ledger.h"

namespace liggare::projections {

struct Inquiry {
  const projection::Report* report;
  std::map<std::string, std::string> options;
  std::string text() const;
};

// Inquiries that are made when an event has just been recorded. It is named by its id, so that the
// moment stays the same when other events are taken out of the history.
struct Moment {
  std::string after;
  Day as_of = Day::first();
  std::vector<Inquiry> inquiries;
};

// The last size is always among them. Reports that need the id of a stream of a kind that does not
// exist are left out.
std::vector<Moment> random_moments(test::Chance& chance, const test::MemoryLedger& ledger);

}  // namespace liggare::projections
