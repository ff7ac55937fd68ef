// Whether a member of staff may have liggare write an event (access/write_rules.h), by the roles
// held now. What is denied is kept in the access log.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/write_rules.h"
#include "domain/event_type.h"
#include "ledger/ledger.h"

namespace liggare::ledger {

struct WriteIntent {
  domain::EventType type;
  domain::Subject subject;
  std::string actor;                  // staff/ID, who acts as itself.
  std::optional<std::string> second;  // Who else wants it, where it takes two.
};

// denied where the table of writers does not allow it.
Result<void> authorise(const Ledger& ledger, const WriteIntent& intent);

// The roles that "staff/ID" holds now; none for anybody else.
Result<std::vector<access::Role>> roles_now(const Ledger& ledger, const std::string& actor);
// Keeps in the access log that `who` was not allowed to write it. Durable once it returns.
Result<void> record_denial(const Ledger& ledger, const std::string& who, const WriteIntent& intent,
                           access::WriteDenial denial, const std::string& event_id = {});

}  // namespace liggare::ledger
