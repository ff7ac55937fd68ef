// Appending under a name of one's own: as staff/ID or as a listed system, not as the machine's
// user.
//
// What is denied is kept in the access log, and so is the consent of a second person, which is
// given before the event is sent.
#pragma once

#include <set>
#include <span>
#include <string>

#include "domain/event_type.h"
#include "ledger/ledger.h"

namespace liggare::ledger {

// The systems that may speak for staff: the lines of `relays` in the key folder, "system/ID" each;
// blank lines and what follows # are skipped. None where there is no such file. invalid_argument,
// naming the line, for anything else; io where others than its owner may write it.
Result<std::set<std::string>> relays(const Folders& folders);

// That `principal` may append all of these (access/write_rules.h). denied, and recorded, where it
// may not append one of them. Lines that can't be read are left to append(), which refuses them.
// So are events of a protected participant whom the actor may not know of: recorded as protected,
// marked hidden, and refused like those of a participant that is not there.
Result<void> authorise_append(const Ledger& ledger, const std::string& principal,
                              std::span<Proposal> proposals);

// That a second person wants one event, before it is sent under this id.
struct Approval {
  std::string event_id;
  domain::EventType type = domain::EventType::event_corrected;
  domain::Subject subject;
  std::string target;  // Of a correction or void, the id of the event it is about; else empty.
  std::string who;     // staff/ID
};
// Recorded durably once it returns. denied, and recorded, where none of the person's roles writes
// such an event.
Result<void> approve(const Ledger& ledger, const Approval& approval);

}  // namespace liggare::ledger
