// The faults found in one part of an event; one of them is answered (contract P1).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/rejection.h"

namespace liggare::codec {

// Keeps the fault that is answered: unknown-field before missing-field before invalid-field, and
// of equal ones the first.
class Faults {
 public:
  void unknown_field(const std::string& path) { add(domain::RejectionCode::unknown_field, path); }
  void missing_field(const std::string& path) { add(domain::RejectionCode::missing_field, path); }
  void invalid_field(const std::string& path) { add(domain::RejectionCode::invalid_field, path); }

  bool none() const { return !first_; }
  const std::optional<domain::Rejection>& first() const { return first_; }

 private:
  void add(domain::RejectionCode code, const std::string& path);

  std::optional<domain::Rejection> first_;
};

// ".key" as part of a JSON path. A name that is no plain word might be personal data sent in the
// wrong place, and is shown as "[…]".
std::string path_step(std::string_view key);

}  // namespace liggare::codec
