#include "inspect/rollbacks.h"

#include "base/bytes.h"
#include "inspect/own_events.h"

namespace liggare::inspect {

bool took_away(const domain::LedgerRolledBack& rollback, std::uint64_t position,
               const merkle::TreeHead& head) {
  const auto from = static_cast<std::uint64_t>(rollback.from_size);
  if (head.tree_size <= position) return false;
  if (head.tree_size == from) return to_hex(head.root_hash.view()) == rollback.from_root;
  return head.tree_size < from;
}

Result<std::optional<std::uint64_t>> rollback_behind(const store::Database& database,
                                                     const merkle::TreeHead& head) {
  std::optional<std::uint64_t> newest;
  LIGGARE_CHECK(for_each_own_event(database, [&](const codec::Record& record) {
    const auto* data = std::get_if<domain::LedgerRolledBack>(&record.event.event.data);
    if (data == nullptr) return;
    if (took_away(*data, record.event.position, head)) newest = record.event.position;
  }));
  return newest;
}

}  // namespace liggare::inspect
