// Which section keys were ever handed out, by what the access log says: what an erasure can't reach
// any more (evidence, section 2).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "access/vocabulary.h"
#include "base/clock.h"
#include "base/personal_class.h"
#include "ledger/access_log.h"
#include "ledger/ledger.h"

namespace liggare::ledger {

// The key of one section, handed out once.
struct DisclosedKey {
  std::uint64_t position = 0;  // Of its event in the ledger.
  PersonalClass personal_class = PersonalClass::identity;
  std::string record_id;  // Of the record in the access log.
  AccessPlace place;      // Where that stands.
  Instant recorded;
  std::string who;  // staff/ID
  std::optional<access::Purpose> purpose;
};

// Of a participant (a bare id), in the order of the records, and by position and class in each. A
// section that was disclosed twice is named twice; one whose key was recorded and never got written
// is named, too. Years that were dropped from the access log are no longer in it. Reads beside a
// writer. corrupt and io as the access log says.
Result<std::vector<DisclosedKey>> disclosed_keys(const Ledger& ledger,
                                                 const std::string& participant);

}  // namespace liggare::ledger
