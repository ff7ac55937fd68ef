// One thing that the program does to a ledger, drawn by chance, to be cut short.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/faults/town.h"
#include "tests/support/chance.h"

namespace liggare::faults {

struct Work {
  std::string name;
  Command command;
  bool appends = false;  // A writer that goes on until it is stopped, and says what was taken.
  // What whoever comes next has to do; each must end with exit code 0.
  std::vector<std::vector<std::string>> after;
};

// Half of it appends; the rest seals, imports, rebuilds projections, erases, changes the vault's
// key or signs a checkpoint. `number` is told apart from the other works of a town by its caller.
Work next_work(Town& town, std::uint64_t number, test::Chance& chance);

// Lets `work` go on for a while, from before it has opened the ledger to well after.
void wait_into(Process& process, const Work& work, test::Chance& chance);

}  // namespace liggare::faults
