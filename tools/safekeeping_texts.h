// What `backup`, `restore` and `doctor` say, in Swedish and in English.
#pragma once

#include <span>
#include <string_view>

#include "tools/texts.h"

namespace liggare::tools {

// What a code means and what to do about it. JSON has the English.
struct Advice {
  std::string_view code;
  std::string_view means[2];  // In the order of Language.
  std::string_view todo[2];

  std::string_view meaning_in(Language language) const;
  std::string_view todo_in(Language language) const;
};
// Of every symptom that ledger/doctor.h tells, and every finding of ledger/backup_check.h.
std::span<const Advice> symptom_advice();
std::span<const Advice> backup_advice();
// Requires a code that is among them.
const Advice& advice_for(std::span<const Advice> all, std::string_view code);

}  // namespace liggare::tools
