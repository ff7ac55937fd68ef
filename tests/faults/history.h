// What several clients saw of one ledger, and whether one order of everything explains it.
//
// A stream is a counter: an append makes version v of v − 1, a read shows the version, and a
// refused append says that the version was not the expected one. Since each append gives its
// version, an order exists exactly if no operation contradicts one that ended before it began.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace liggare::faults {

enum class Kind {
  append,    // Accepted; `value` is the version it made.
  read,      // `value` is the version it saw.
  conflict,  // Refused; `value` is the version it expected and did not find.
  unknown,   // An append that was not answered. `value` is its version where it turned out to be
             // stored, 0 where it is not.
};

struct Operation {
  Kind kind;
  std::string stream;
  std::uint64_t value = 0;
  std::uint64_t position = 0;  // Of what an append stored.
  std::int64_t began = 0;      // Nanoseconds of one clock.
  std::int64_t ended = 0;      // Not looked at where the outcome is unknown.
  bool has_expectation = false;
  std::uint64_t expected = 0;  // Of an append.
  std::string event = {};      // The id that an append sent; unique.
};

// An operation as one line, for who is not there when it is judged.
std::string line_of(const Operation& operation);
// Nothing for what line_of() does not give.
std::optional<Operation> read_operation(const std::string& line);

// The first contradiction found, in words; empty where there is none. Requires that `operations`
// hold every append that a stream has.
std::string contradiction(std::vector<Operation> operations);

}  // namespace liggare::faults
