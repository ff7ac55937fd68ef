// What an erasure takes away, how far it has come, and which backups could still open it.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

#include "base/personal_class.h"
#include "base/sha256.h"
#include "vault/class_key.h"

namespace liggare::vault {

// One section's leaf in the tree of its class key.
struct SectionName {
  std::string key_id;
  ClassKeyName name;
  std::string index;
  auto operator<=>(const SectionName&) const = default;
};

// What an erasure.decided event names.
struct Erasure {
  std::string decision;                // The id of that event.
  std::string subject;                 // Of every section too.
  std::vector<PersonalClass> classes;  // All that these classes' keys have opened until now.
  std::vector<SectionName> sections;   // These sections and nothing else.
  bool operator==(const Erasure&) const = default;
};

// How far an erasure has come, durably.
enum class ErasureStep {
  fenced,     // Decided. The vault can still open; nothing is read or sealed.
  destroyed,  // The vault can't open any more. Still fenced.
  finished,   // The ledger says so: the fence is down.
};

struct PendingErasure {
  Erasure erasure;
  ErasureStep step = ErasureStep::fenced;  // Never finished.
  std::uint64_t epoch = 0;                 // Of the bucket, once destroyed; else 0.
  bool again = false;                      // Another state of this vault has carried it out before.
};

// What destroy() took away.
struct Destroyed {
  std::uint64_t epoch = 0;           // Of the bucket's new epoch key.
  std::vector<std::string> key_ids;  // Of whole class keys, in order.
  std::uint64_t punctured = 0;       // Sections.
  bool operator==(const Destroyed&) const = default;
};

struct ErasureState {
  Erasure erasure;
  ErasureStep step = ErasureStep::fenced;
  Destroyed destroyed;
  // The ids of registered backups made before it that are neither expired, deleted nor rewritten:
  // it is complete when it is destroyed and there are none.
  std::vector<std::string> backups;
};

// How much of its ledger a vault has been compared with: it knows of every erasure that was
// executed in these events.
struct LedgerMark {
  std::uint64_t size = 0;  // At least 1.
  Hash leaf;               // Of the last of them.
  bool operator==(const LedgerMark&) const = default;
};

}  // namespace liggare::vault
