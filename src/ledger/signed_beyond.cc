#include "ledger/signed_beyond.h"

#include "ledger/accepted_rollback.h"
#include "ledger/key_folder.h"

namespace liggare::ledger {

std::optional<std::uint64_t> signed_beyond(const Ledger& ledger) {
  const auto last = KeyFolder(ledger.folders().keys).last_signed();
  if (!last || last->key.name != ledger.origin()) return std::nullopt;
  const auto signed_head = last->head();
  if (!signed_head || signed_head->tree_size <= ledger.head().tree_size) return std::nullopt;
  const auto accepted = rolled_back_behind(ledger, *signed_head);
  if (accepted && *accepted) return std::nullopt;
  return signed_head->tree_size;
}

}  // namespace liggare::ledger
