// What is kept of a projection, and whether it is right.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace liggare::ledger {

// The state of one kept projection.
struct ProjectionStatus {
  std::string name;
  int version = 0;             // Of the code.
  std::optional<int> kept;     // The version that is kept; nothing where none is.
  std::uint64_t position = 0;  // It holds the facts of the events before this position.
  std::uint64_t lag = 0;       // How many durable events it is behind.
  std::uint64_t rows = 0;
  std::optional<int> previous;  // The version of the build before, until it is confirmed.
};

struct ProjectionCheck {
  std::string name;
  bool equal = true;        // False too where something is kept that can't be read.
  std::string kept_digest;  // Empty where nothing is kept: then there is nothing to differ.
  std::string rebuilt_digest;
};

}  // namespace liggare::ledger
