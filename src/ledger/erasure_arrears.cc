#include "ledger/erasure_arrears.h"

#include <set>

#include "ledger/erasure_scope.h"
#include "ledger/parts.h"
#include "ledger/patience.h"
#include "store/event_log.h"

namespace liggare::ledger {
namespace {

// So many events are read again at the next opening rather than a mark be made durable.
constexpr std::uint64_t stride = 1024;

// The size that the mark vouches for; 0 where the ledger's history is another one.
Result<std::uint64_t> marked_size(const Ledger& ledger, vault::Vault& vault) {
  LIGGARE_TRY(const auto mark, vault.ledger_mark());
  if (!mark || mark->size > ledger.head().tree_size) return std::uint64_t{0};
  LIGGARE_TRY(const Hash leaf, ledger.log().node({0, mark->size - 1}));
  return leaf == mark->leaf ? mark->size : 0;
}

Result<void> move_mark_from(std::uint64_t marked, const Ledger& ledger, vault::Vault& vault) {
  const std::uint64_t size = ledger.head().tree_size;
  if (size < marked + stride) return {};
  LIGGARE_TRY(const Hash leaf, ledger.log().node({0, size - 1}));
  return vault.set_ledger_mark({size, leaf});
}

Result<void> tell_of(const Ledger& ledger, const domain::Subject& subject, vault::Vault& vault) {
  LIGGARE_TRY(const auto stream, ledger.stream(subject, ledger.head().tree_size));
  for (const DecidedErasure& erasure : decided_erasures(stream)) {
    if (!erasure.executed) continue;
    LIGGARE_TRY(const bool is_done, vault.has_destroyed(erasure.id()));
    if (is_done) continue;
    LIGGARE_TRY(const auto sections, sections_of(ledger, erasure));
    LIGGARE_CHECK(vault.begin_again(vault_erasure(erasure, sections)));
  }
  return {};
}

}  // namespace

Result<std::vector<std::string>> catch_up_vault(const Ledger& ledger, vault::Vault& vault) {
  LIGGARE_TRY(const std::uint64_t marked, marked_size(ledger, vault));
  std::set<domain::Subject> subjects;
  LIGGARE_CHECK(ledger.scan(marked, ledger.head().tree_size,
                            [&](const domain::RecordedEvent& event, std::string_view) {
                              if (event.event.type() == domain::EventType::erasure_executed) {
                                subjects.insert(event.event.subject);
                              }
                              return true;
                            }));
  for (const domain::Subject& subject : subjects) {
    LIGGARE_CHECK(tell_of(ledger, subject, vault));
  }
  LIGGARE_CHECK(move_mark_from(marked, ledger, vault));
  std::vector<std::string> arrears;
  LIGGARE_TRY(const auto pending, vault.pending_erasures());
  for (const vault::PendingErasure& each : pending) {
    if (each.again && each.step == vault::ErasureStep::fenced) {
      arrears.push_back(each.erasure.decision);
    }
  }
  return arrears;
}

Result<std::unique_ptr<vault::Vault>> wait_for_vault_of(const Ledger& ledger) {
  // Two that are to tell the same vault keep each other from it: both let go and try again.
  return with_patience([&]() -> Result<std::unique_ptr<vault::Vault>> {
    LIGGARE_TRY(auto vault, open_vault(ledger.folders()));
    LIGGARE_TRY(const auto arrears, catch_up_vault(ledger, *vault));
    return vault;
  });
}

Result<void> move_mark(const Ledger& ledger, vault::Vault& vault) {
  LIGGARE_TRY(const std::uint64_t marked, marked_size(ledger, vault));
  return move_mark_from(marked, ledger, vault);
}

}  // namespace liggare::ledger
