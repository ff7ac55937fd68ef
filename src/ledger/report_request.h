// What a report is asked: its options, the day, and what was known.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>

#include "base/clock.h"
#include "base/day.h"
#include "merkle/checkpoint.h"

namespace liggare::ledger {

// A coordinate of knowledge: a size, what was recorded up to an instant, or what a checkpoint of
// this ledger was signed of; none = now.
using At = std::variant<std::monostate, std::uint64_t, Instant, merkle::Checkpoint>;

struct ReportRequest {
  std::string name;
  std::map<std::string, std::string> options;  // As written, by option name.
  std::optional<Day> as_of;                    // Today when absent.
  At at;
  bool is_public = false;   // Small counts of persons are hidden.
  bool is_edition = false;  // Published: its public form may be of any day.
  // What is erased shows as sealed, so that an edition's digest holds whatever is erased later.
  bool as_published = false;
};

}  // namespace liggare::ledger
