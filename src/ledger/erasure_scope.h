// What an erasure.decided event names, and the sealed sections that it takes away.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/section.h"
#include "ledger/ledger.h"
#include "vault/erasure.h"

namespace liggare::ledger {

struct SealedSection {
  std::uint64_t position = 0;  // Of its event.
  domain::RecordedEventPtr event;
  Section section;
};

struct DecidedErasure {
  domain::RecordedEventPtr event;
  domain::ErasureDecided data;
  // Its execution, where the ledger has it.
  domain::RecordedEventPtr executed;

  const std::string& id() const { return event->event.id; }
  std::string subject() const { return event->event.subject.text(); }
};

// Of one stream, in the order in which they were decided.
std::vector<DecidedErasure> decided_erasures(const domain::Stream& stream);
// not_found where there is no such event; invalid_argument where it decides no erasure.
Result<DecidedErasure> decided_erasure(const Ledger& ledger, const std::string& decision);

// The id of the event that says that a decision was carried out.
std::string executed_id(const std::string& decision);

// The sections that are gone, or will be: of the classes named, in events before the execution; or
// of the events named. In position order.
Result<std::vector<SealedSection>> sections_of(const Ledger& ledger, const DecidedErasure& erasure);
// As the vault is told of it.
vault::Erasure vault_erasure(const DecidedErasure& erasure,
                             const std::vector<SealedSection>& sections);

}  // namespace liggare::ledger
