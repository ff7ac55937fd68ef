// Reads submissions and seals their personal data, ahead of the sequencer and beside it.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "ledger/draft.h"
#include "sealing/section.h"
#include "vault/vault.h"

namespace liggare::ledger {

// What binds a section to its event.
sealing::EventContext context_of(const domain::Event& event);

// Reads one line. A refusal carries the id as far as it could be read.
Candidate read_candidate(std::string_view line, codec::Sender sender = codec::Sender::client);

// Salts the records of `candidates` and seals their personal data; the class keys are durable once
// it returns, before any record is written (evidence, section 2). The texts in the clear are kept
// for comparison with a known id; what `log` knows already is not sealed again, nor what is refused
// as hidden. What an erasure has fenced is left unsealed and marked so. Numbers become findable.
// vault_unavailable, with nothing sealed, where there are personal data and no vault.
Result<void> seal_personal(std::span<Candidate> candidates, const store::EventLog& log,
                           vault::Vault* vault);
// All groups in the same transactions of the vault.
Result<void> seal_personal(std::span<const std::span<Candidate>> groups, const store::EventLog& log,
                           vault::Vault* vault);

}  // namespace liggare::ledger
