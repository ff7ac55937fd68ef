// What units were called, and under which board they stood.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "ledger/ledger.h"

namespace liggare::ledger {

struct UnitOnDay {
  std::string id;
  std::string name;  // Its id where it has none on that day.
  domain::UnitKind kind = domain::UnitKind::unit;
  std::optional<std::string> parent;
};

// Units on one day, as known at a size. Remembers what it has read; not thread-safe.
class UnitNames {
 public:
  UnitNames(const Ledger& ledger, std::uint64_t at, Day day)
      : ledger_(ledger), at_(at), day_(day) {}

  // No value for a unit that is unknown at that size.
  Result<std::optional<UnitOnDay>> find(const std::string& id);
  // Its name; the id of an unknown one.
  Result<std::string> name(const std::string& id);
  // The nearest board at or above it; no value where there is none.
  Result<std::optional<UnitOnDay>> board_above(const std::string& id);

 private:
  const Ledger& ledger_;
  const std::uint64_t at_;
  const Day day_;
  std::map<std::string, std::optional<UnitOnDay>> read_;
};

}  // namespace liggare::ledger
