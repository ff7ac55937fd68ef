// One entry of the access log: who read, searched, disclosed or was refused what, and why.
//
// It is the leaf of a tree with the ledger's own guarantees, so it holds no personal data in the
// clear: the reason is sealed, and whoever is read about stands under a pseudonym.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "access/vocabulary.h"
#include "base/clock.h"
#include "base/personal_class.h"
#include "base/section.h"
#include "base/sha256.h"

namespace liggare::access {

// The year before: its last root, to be found in the tree that follows.
struct YearBefore {
  std::int64_t year = 0;
  std::uint64_t size = 0;
  Hash root;
  bool operator==(const YearBefore&) const = default;
};

struct Record {
  std::string id;  // 32 hex digits of a random number.
  Instant recorded;
  Action action = Action::read;
  Outcome outcome = Outcome::denied;
  std::string who;           // staff/ID, or system/ID.
  std::string submitted_by;  // The authenticated principal: local/UID on the command line.
  std::optional<Role> role;
  std::optional<Relation> relation;
  std::string subject;                 // Whose data: participant/ID; empty where it is nobody's.
  std::vector<PersonalClass> classes;  // Shown.
  std::vector<PersonalClass> refused_classes;  // Asked for and not shown.
  std::vector<std::uint64_t>
      events;                     // Positions in the ledger of the events whose classes are meant.
  std::uint64_t ledger_size = 0;  // As it was then.
  std::optional<Purpose> purpose;
  std::string code;                  // Why it was refused; empty where it was not.
  std::string event_type;            // Of a refused or approved write.
  std::string event_id;              // Of a refused or approved write.
  std::optional<Section> reason;     // {"reason": TEXT}, under the subject's ordinary class.
  std::string break_glass;           // The id of the record that opened it; else empty.
  std::optional<YearBefore> before;  // Of Action::carry_on, and of drop_year: what was dropped.
  std::optional<Hash> content;       // Of what was approved.
  std::string salt;                  // 16 random bytes.
  bool operator==(const Record&) const = default;
};

}  // namespace liggare::access
