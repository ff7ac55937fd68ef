#include "ledger/accepted_rollback.h"

#include <fmt/format.h>

#include <algorithm>

#include "inspect/rollbacks.h"
#include "ledger/key_rotation.h"
#include "ledger/restored_tree.h"

namespace liggare::ledger {

Result<std::optional<std::uint64_t>> rolled_back_behind(const Ledger& ledger,
                                                        const merkle::TreeHead& known) {
  const std::uint64_t size = ledger.head().tree_size;
  if (known.tree_size <= size) {
    LIGGARE_TRY(const Hash root, root_at(ledger.log(), known.tree_size));
    if (root == known.root_hash) return std::optional<std::uint64_t>();
  }
  LIGGARE_TRY(const auto events, ledger.stream(domain::ledger_stream, size));
  for (auto event = events.rbegin(); event != events.rend(); ++event) {
    const auto* data = std::get_if<domain::LedgerRolledBack>(&(*event)->event.data);
    if (data != nullptr && inspect::took_away(*data, (*event)->position, known)) {
      return std::optional((*event)->position);
    }
  }
  return std::optional<std::uint64_t>();
}

Result<bool> is_given_up(const Ledger& ledger, const merkle::VerifierKey& key) {
  LIGGARE_TRY(const auto rotations, key_rotations(ledger));
  return std::any_of(rotations.begin(), rotations.end(), [&](const KeyRotation& each) {
    return !each.data.old_signature && each.data.old_vkey == key.text();
  });
}

Unexpected<Error> must_be_given_up(std::uint64_t signed_size, std::uint64_t rolled_back_at) {
  return fail(ErrorCode::diverged,
              fmt::format("the ledger was rolled back, as event {} says, behind the {} events that "
                          "its key signed last; nothing was signed, and this key signs nothing "
                          "more. Change it: liggare keys rotate --old-key-lost rolled-back",
                          rolled_back_at, signed_size));
}

}  // namespace liggare::ledger
