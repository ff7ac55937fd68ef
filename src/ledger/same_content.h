// Whether a known id came again with the same content (contract, section 1, Idempotency).
#pragma once

#include <string>
#include <vector>

#include "codec/event_line.h"
#include "codec/record.h"
#include "vault/vault.h"

namespace liggare::ledger {

struct Comparison {
  bool same = true;
  std::vector<std::string> uncompared;  // Classes whose sections could not be opened.
};

// Compares what clients set, as JSON values; personal sections inside the vault, where there is
// one. Nothing tells which field of a section differs.
Comparison compare(const codec::Submission& submission, const codec::Record& stored,
                   vault::Vault* vault);

}  // namespace liggare::ledger
