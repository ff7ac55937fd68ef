// What an open ledger holds together.
#pragma once

#include <memory>
#include <optional>

#include "ledger/ledger.h"
#include "ledger/sequencer.h"
#include "projection/kept_rows.h"
#include "store/event_log.h"
#include "vault/vault.h"

namespace liggare::ledger {

struct Ledger::Parts {
  Folders folders;
  Mode mode = Mode::read;
  SystemClock system_clock;
  const Clock* clock = nullptr;
  std::unique_ptr<store::EventLog> log;
  // For reading; null where nothing is kept.
  std::unique_ptr<projection::KeptRows> kept;
  std::unique_ptr<vault::Vault> vault;     // Write mode; null where it can't be opened.
  std::optional<Error> vault_unavailable;  // Why.
  std::unique_ptr<Sequencer> sequencer;    // Write mode. Last: it uses the others.

  std::filesystem::path projections_folder() const { return folders.ledger / "projections"; }
};

std::filesystem::path vault_folder(const Folders& folders);
std::filesystem::path vault_key_file(const Folders& folders);
// As Vault::open(), with the key of the key folder.
Result<std::unique_ptr<vault::Vault>> open_vault(const Folders& folders);

}  // namespace liggare::ledger
