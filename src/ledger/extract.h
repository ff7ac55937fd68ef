// Everything the ledger holds about one person, for that person (GDPR art. 15).
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "ledger/bundle.h"
#include "ledger/reading.h"

namespace liggare::ledger {

struct ExtractRequest {
  std::string participant;
  Reader reader;  // Its action is export, whatever it says.
  // Name the staff who have read, and who acted. Otherwise days, purposes and roles alone: CJEU
  // C-579/21. The proof holds the events as they were recorded, with the ids of staff.
  enum class Names { left_out, shown } names = Names::left_out;
  // Proves that nothing is left out; a checkpoint is signed for it. Without: what is missing is
  // said.
  std::optional<NewestCheckpoint> checkpoint;
};

struct Extract {
  Json json = Json::object();
  std::string record_id;  // Of the entry in the access log.
  std::uint64_t events = 0;
  // The proof; empty where there is none.
  audit::BundleFiles proof;
};

// Recorded in the access log before anything is opened; denied, not_found, busy, fenced, io and
// vault_unavailable as Reading::ask() says. corrupt where a section is not what was sealed.
Result<Extract> make_extract(const Ledger& ledger, const ExtractRequest& request);

}  // namespace liggare::ledger
