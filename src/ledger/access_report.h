// The report `access`: who has read, searched, disclosed or was refused what (contract, section 4,
// report 15).
//
// It reads the access log and not the ledger, so as-of and at mean nothing to it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "ledger/ledger.h"
#include "projection/answer.h"

namespace liggare::ledger {

struct AccessQuestion {
  std::optional<std::string> participant = {};  // Bare ids.
  std::optional<std::string> staff = {};
  std::optional<Day> from = {};  // Ledger days of recording, both included.
  std::optional<Day> to = {};
};

// Keys of a row, in order.
const std::vector<std::string_view>& access_columns();

// In the order of recording. not_found where nothing is known of the participant.
Result<projection::Answer> access_report(const Ledger& ledger, const AccessQuestion& question);

}  // namespace liggare::ledger
