// The erasures in `keys.sqlite`: intents, how far they have come, and what they destroyed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "vault/database.h"
#include "vault/erasure.h"

namespace liggare::vault {

enum class StoredStep {
  fenced,
  rewrapped,  // No row opens what was destroyed; the slot may still hold the old epoch key.
  destroyed,
  finished,
};

struct StoredErasure {
  Erasure erasure;  // Classes and sections in order, each once.
  StoredStep step = StoredStep::fenced;
  std::int64_t number = 0;  // Counts the erasures that were rewrapped, from 1; 0 before.
  Destroyed destroyed;
  bool again = false;  // Begun since the ledger knows it to be executed.
};

// Why an erasure that is not finished is in the way, after its decision.
const char* words_for(const StoredErasure& unfinished);

// With its classes and sections in order, each once, as they are stored.
Erasure in_order(Erasure erasure);

Result<void> insert_erasure(Database& database, const Erasure& erasure);
Result<std::optional<StoredErasure>> find_erasure(Database& database, std::string_view decision);
// By their decisions.
Result<std::vector<StoredErasure>> all_erasures(Database& database);
// fenced where an erasure has not come to `step`.
Result<void> check_erasures_at(Database& database, StoredStep step);
Result<void> set_step(Database& database, std::string_view decision, StoredStep step);
// Sets the step rewrapped, gives the erasure the next number, and keeps what it destroyed.
Result<void> set_rewrapped(Database& database, std::string_view decision,
                           const Destroyed& destroyed);
// Keeps for ever that the erasure, which is there, was begun since the ledger says it is executed.
Result<void> set_again(Database& database, std::string_view decision);

Result<std::optional<LedgerMark>> ledger_mark(Database& database);
Result<void> set_ledger_mark(Database& database, const LedgerMark& mark);

// The highest number.
Result<std::int64_t> rewrapped_count(Database& database);

}  // namespace liggare::vault
