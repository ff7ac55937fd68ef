// The years of the access log as wholes: listed, verified, and dropped when they may be.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "ledger/ledger.h"
#include "merkle/tree.h"

namespace liggare::ledger {

struct AccessYear {
  int year = 0;
  merkle::TreeHead head;
  std::optional<Instant> first;  // When it was recorded; none in an empty year.
  std::optional<Instant> last;
};
Result<std::vector<AccessYear>> list_access_years(const Ledger& ledger);

struct AccessFinding {
  int year = 0;
  std::string place;  // "record 7", "tree", "head" …
  std::string expected;
  std::string found;
};
struct AccessVerification {
  std::vector<AccessYear> years;
  std::vector<AccessFinding> findings;  // Empty: everything holds.
};
// Reads every record of every year again: leaf hashes, tree, root, ids, streams, order of time, and
// that each year holds the last root of the one before. Runs beside a writer.
Result<AccessVerification> verify_access_log(const Ledger& ledger);

// Removes a year's folder. It is the oldest; a later year holds its last root in its first record;
// and a seal of the ledger covers that tree: or the inner text says what is to be done first, and
// nothing is changed. not_found where there is no such year.
Result<std::optional<std::string>> drop_access_year(const Ledger& ledger, int year);

}  // namespace liggare::ledger
