// Log review: which entries of the access log somebody shall look at, by chance and by rule.
//
// Chance is repeatable. The sample is the ⌈share × n⌉ entries of the period with the lowest
// SHA-256(seed ‖ ":" ‖ number), the entry's number in decimal digits; whoever knows the seed, which
// review.started keeps, draws the same again.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/record.h"
#include "base/day.h"
#include "domain/timeline.h"

namespace liggare::access {

enum class ReviewGround {
  sample,
  no_relation,       // The reader had nothing to do with the person within 30 days of it.
  protected_person,  // Protected on the day of the entry.
  volume,     // On a day when its reader made more entries than the role's p99 of the period.
  off_hours,  // Before 06, from 20, or on a Saturday or Sunday, by the ledger's day: UTC + 2 h.
  break_glass
};

// An entry, with what the ledger knows of it.
struct ReviewEntry {
  std::int64_t number = 0;
  Record record;
  bool has_relation = true;  // Within 30 days, or by the role's own task.
  bool is_protected = false;
};

struct Drawn {
  std::int64_t number = 0;
  std::vector<ReviewGround> grounds;  // In the order above; never none.
  bool operator==(const Drawn&) const = default;
};

// What a draw is made with. Parts of ten thousand, so that no machine rounds otherwise.
struct Draw {
  std::string seed;
  std::int64_t share = 500;
};

// Whether somebody looked at, or tried to look at, somebody's data: all but refused or approved
// writes and what carries one year on to the next.
bool is_look(const Record& record);

// By number. Every rule's hits are drawn, whatever the share.
std::vector<Drawn> draw(std::span<const ReviewEntry> entries, const Draw& how);

// Whether the staff member was the person's consultant, or held a role at a unit of an enrolment of
// the person, on a day within 30 days of `day`. `staff` and `participant` are whole timelines.
bool had_relation(std::string_view staff_id, const domain::Timeline& staff,
                  const domain::Timeline& participant, Day day);
bool was_protected(const domain::Timeline& participant, Day day);

}  // namespace liggare::access

namespace liggare::domain {

LIGGARE_WORDS(access::ReviewGround, "sample", "no-relation", "protected", "volume", "off-hours",
              "break-glass");

}  // namespace liggare::domain
