// The years of the access log as wholes: listed, verified, and dropped when they may be.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "inspect/access_check.h"
#include "inspect/access_signed.h"
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
  std::vector<inspect::DroppedYear> dropped;
  std::vector<inspect::SignedYear> held;  // Signed heads that the trees begin with.
  // Where seals before it speak of an access log that is not here: the newest ledger.restored.
  std::optional<std::uint64_t> left_behind_at;
};
// Reads every record of every year again: leaf hashes, tree, root, ids, streams, order of time, and
// that each year holds the last root of the one before. Every year that a seal of the ledger or a
// later year speaks of is there, or was dropped by a recorded act; and the trees begin as it was
// signed, by SIGNED.access and by `checkpoints`, signed with `key` or the one that SIGNED.access
// names: invalid_argument where one is not. Runs beside a writer.
Result<AccessVerification> verify_access_log(
    const Ledger& ledger, const std::vector<inspect::GivenCheckpoint>& checkpoints = {},
    const std::optional<merkle::VerifierKey>& key = std::nullopt);

// Removes a year's folder, once the newest year says who did and what it was. It is the oldest; a
// later year holds its last root in its first record; and a seal of the ledger covers that tree: or
// the inner text says what is to be done first, and nothing is changed. not_found where there is no
// such year; denied, and recorded, where `who`, staff/ID, does not hold the role dpo now.
Result<std::optional<std::string>> drop_access_year(const Ledger& ledger, int year,
                                                    const std::string& who);

}  // namespace liggare::ledger
