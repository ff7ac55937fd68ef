// Timelines of the ledger's streams as they are known now, each read once.
#pragma once

#include <map>
#include <string>

#include "domain/timeline.h"
#include "ledger/ledger.h"

namespace liggare::ledger {

class Timelines {
 public:
  explicit Timelines(const Ledger& ledger) : ledger_(ledger) {}
  Timelines(const Timelines&) = delete;
  Timelines& operator=(const Timelines&) = delete;

  // All days; empty for a stream without events, never null. Lives as long as this does.
  Result<const domain::Timeline*> timeline(const domain::Subject& subject);
  // The unit at which the staff member is registered; empty where none is known.
  Result<std::string> unit_of(const std::string& who);

 private:
  const Ledger& ledger_;
  std::map<domain::Subject, domain::Timeline> timelines_;
};

}  // namespace liggare::ledger
