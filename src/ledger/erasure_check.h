// The verification pass of an erasure: tries every copy that can be reached and says of each what
// became of it (evidence, section 2).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ledger/disclosed_keys.h"
#include "ledger/erasure_scope.h"
#include "vault/vault.h"

namespace liggare::ledger {

enum class Found {
  gone,          // Nothing of it is there.
  out_of_reach,  // Ciphertext without a key, or a copy that is said to be gone.
  still_there    // Could be opened.
};

struct CheckedPlace {
  std::string place;  // vault, ledger, projections, seals, access-log, backup/ID, disclosed/RECORD.
  std::uint64_t tried = 0;  // Sections, rows or entries.
  Found found = Found::gone;
};

// The keys of these sections that were ever handed out, as disclosed_keys() gives them.
Result<std::vector<DisclosedKey>> disclosed_keys_of(const Ledger& ledger,
                                                    const DecidedErasure& erasure,
                                                    const std::vector<SealedSection>& sections);

// In the order of the places above. corrupt where the vault still opens what it said it destroyed.
Result<std::vector<CheckedPlace>> check_erasure(const Ledger& ledger, vault::Vault& vault,
                                                const DecidedErasure& erasure,
                                                const std::vector<SealedSection>& sections);

}  // namespace liggare::ledger

namespace liggare::domain {

LIGGARE_WORDS(ledger::Found, "gone", "out-of-reach", "still-there");

}  // namespace liggare::domain
