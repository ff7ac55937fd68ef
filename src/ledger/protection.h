// Whether somebody may know of a participant at all, where it is not personal data that are read.
#pragma once

#include <cstdint>
#include <string>

#include "access/vocabulary.h"
#include "ledger/ledger.h"

namespace liggare::ledger {

// Who asks for facts about one participant that are no personal data.
struct Asker {
  std::string who;  // staff/ID; empty where nobody is named.
  access::Action action = access::Action::read;
};

// not_found, in the words for an unknown participant at `size`.
Unexpected<Error> unknown_participant(const domain::Subject& participant, std::uint64_t size);

// not_found, in the words for an unknown participant at `size`, where the participant is protected
// by what is known now and the asker is not among the staff that the protection names; recorded in
// the access log (code `protected`) where the asker is named. A participant without events passes.
// io where it can't be recorded. Thread-safe as the ledger is.
Result<void> require_may_know(const Ledger& ledger, const std::string& participant,
                              std::uint64_t size, const Asker& asker);

}  // namespace liggare::ledger
