// One seed, one run: a ledger's life on a bad disk, held against the oracle.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "tests/simulation/planted_bug.h"

namespace liggare::simulation {

// What happened, to see that the seeds reach what they are meant to.
struct Tally {
  std::uint64_t openings = 0;
  std::uint64_t events = 0;
  std::uint64_t faults = 0;            // That struck.
  std::uint64_t unknown_kept = 0;      // Requests of unknown outcome that were stored,
  std::uint64_t unknown_lost = 0;      // and that were not.
  std::uint64_t rot_found = 0;         // Damage at rest that was found,
  std::uint64_t rot_harmless = 0;      // and that changed nothing,
  std::uint64_t tails_lost = 0;        // or took events that a floor HEAD did not know of yet.
  std::uint64_t projections = 0;       // Times that kept rows were compared.
  std::uint64_t projections_anew = 0;  // Times that they had to be made anew.
  void add(const Tally& other);
  std::string text() const;
};

struct RunResult {
  std::string violation;  // Empty where all was well.
  std::uint64_t trace_hash = 0;
  Tally tally;
};

using PrintLine = std::function<void(std::string_view line)>;

// The same for the same seed, whenever and wherever it runs. A ledger's lock is a real file: it
// lies in the current folder, which must be empty or hold nothing but what an earlier run left.
// One run at a time in a process.
RunResult run(std::uint64_t seed, const PrintLine& print = {}, PlantedBug* bug = nullptr);

}  // namespace liggare::simulation
