#include "inspect/rollbacks.h"

#include "base/bytes.h"
#include "inspect/own_events.h"

namespace liggare::inspect {

Result<std::optional<std::uint64_t>> rollback_behind(const store::Database& database,
                                                     const merkle::TreeHead& head) {
  std::optional<std::uint64_t> newest;
  LIGGARE_CHECK(for_each_own_event(database, [&](const codec::Record& record) {
    const auto* data = std::get_if<domain::LedgerRolledBack>(&record.event.event.data);
    if (data == nullptr) return;
    const auto from = static_cast<std::uint64_t>(data->from_size);
    const std::uint64_t position = record.event.position;
    const bool is_it = head.tree_size == from ? to_hex(head.root_hash.view()) == data->from_root
                                              : head.tree_size < from && head.tree_size > position;
    if (is_it) newest = position;
  }));
  return newest;
}

}  // namespace liggare::inspect
