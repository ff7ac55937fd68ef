#include "ledger/erasure_status.h"

#include <algorithm>
#include <map>
#include <set>

#include "ledger/erasure_arrears.h"
#include "vault/vault.h"

namespace liggare::ledger {
namespace {

using domain::StreamKind;
using domain::Subject;

Result<std::vector<Subject>> subjects_with_erasures(const Ledger& ledger) {
  std::set<Subject> subjects;
  LIGGARE_CHECK(ledger.scan(0, ledger.head().tree_size,
                            [&](const domain::RecordedEvent& event, std::string_view) {
                              if (event.event.type() == domain::EventType::erasure_decided) {
                                subjects.insert(event.event.subject);
                              }
                              return true;
                            }));
  return std::vector<Subject>(subjects.begin(), subjects.end());
}

// What the vault says: by decision.
struct VaultSays {
  std::map<std::string, vault::ErasureState> erasures;
  std::vector<vault::BackupState> backups;
};

Result<VaultSays> ask(vault::Vault& vault, Day today) {
  VaultSays says;
  LIGGARE_TRY(auto erasures, vault.erasures(today));
  for (vault::ErasureState& state : erasures) {
    says.erasures.emplace(state.erasure.decision, std::move(state));
  }
  LIGGARE_TRY(says.backups, vault.backups(today));
  return says;
}

ErasureStage stage_of(const DecidedErasure& erasure, const vault::ErasureState* state) {
  if (erasure.executed) {
    if (state != nullptr && state->step == vault::ErasureStep::fenced) return ErasureStage::undone;
    return state != nullptr && state->backups.empty() ? ErasureStage::complete
                                                      : ErasureStage::executed;
  }
  if (state == nullptr) return ErasureStage::decided;
  return state->step == vault::ErasureStep::fenced ? ErasureStage::fenced : ErasureStage::destroyed;
}

ErasureStatus status_of(DecidedErasure erasure, const VaultSays* says) {
  ErasureStatus status{std::move(erasure), ErasureStage::decided, {}, {}, says == nullptr};
  const vault::ErasureState* state = nullptr;
  if (says != nullptr) {
    const auto found = says->erasures.find(status.erasure.id());
    if (found != says->erasures.end()) state = &found->second;
    for (const vault::BackupState& backup : says->backups) {
      const bool opens = state != nullptr && std::find(state->backups.begin(), state->backups.end(),
                                                       backup.id) != state->backups.end();
      status.backups.push_back({backup, opens});
    }
  }
  status.stage = stage_of(status.erasure, state);
  return status;
}

}  // namespace

Result<std::vector<ErasureStatus>> erasure_status(const Ledger& ledger,
                                                  const std::optional<std::string>& participant) {
  std::vector<Subject> subjects;
  if (participant) {
    subjects.push_back({StreamKind::participant, *participant});
  } else {
    LIGGARE_TRY(subjects, subjects_with_erasures(ledger));
  }
  std::optional<VaultSays> says;
  std::unique_ptr<vault::Vault> own;
  vault::Vault* vault = ledger.vault();
  if (vault == nullptr) {
    auto opened = wait_for_vault_of(ledger);
    if (!opened && opened.error().code != ErrorCode::vault_unavailable) {
      return Unexpected{opened.error()};
    }
    if (opened) own = *std::move(opened);
    vault = own.get();
  }
  if (vault != nullptr) {
    LIGGARE_TRY(says, ask(*vault, ledger.today()));
  }
  std::vector<ErasureStatus> all;
  for (const Subject& subject : subjects) {
    LIGGARE_TRY(const auto stream, ledger.stream(subject, ledger.head().tree_size));
    if (stream.empty()) return fail(ErrorCode::not_found, "there is no " + subject.text());
    for (DecidedErasure& each : decided_erasures(stream)) {
      LIGGARE_TRY(const auto sections, sections_of(ledger, each));
      LIGGARE_TRY(auto disclosed, disclosed_keys_of(ledger, each, sections));
      all.push_back(status_of(std::move(each), says ? &*says : nullptr));
      all.back().disclosed = std::move(disclosed);
    }
  }
  std::sort(all.begin(), all.end(), [](const ErasureStatus& left, const ErasureStatus& right) {
    return left.erasure.event->position < right.erasure.event->position;
  });
  return all;
}

}  // namespace liggare::ledger
