// Several clients at work on one ledger, and the record of what each asked and saw.
//
// A process that may be killed tells each step as it is done, and the record is made of that.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "ledger/ledger.h"
#include "tests/faults/history.h"

namespace liggare::faults {

struct Workload {
  std::string name;  // Of the streams; new for each history.
  std::size_t clients = 8;
  std::size_t operations = 300;  // In all.
  std::size_t streams = 3;
  std::uint64_t seed = 0;
  std::string turn = {};  // Of the process, where several follow each other on the same streams.
  // Told before an append is sent, and after anything was answered; from any thread. May be empty.
  std::function<void(const Operation&)> began = {};
  std::function<void(const Operation&)> ended = {};
};

// Makes the streams that are not there, lets the clients work, and gives what they saw.
std::vector<Operation> work_together(ledger::Ledger& ledger, const Workload& workload);

}  // namespace liggare::faults
