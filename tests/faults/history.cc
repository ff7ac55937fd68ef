#include "tests/faults/history.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <sstream>

namespace liggare::faults {
namespace {

constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();

bool is_stored(const Operation& operation) {
  return operation.kind == Kind::append ||
         (operation.kind == Kind::unknown && operation.value != 0);
}
bool ended_before(const Operation& first, const Operation& second) {
  return first.ended < second.began;
}
std::string text(const Operation& operation) {
  return fmt::format("{} kind {} value {} position {} [{}, {}]", operation.stream,
                     static_cast<int>(operation.kind), operation.value, operation.position,
                     operation.began, operation.ended);
}

// Each version is made once, by the append that expected the one before.
std::string check_versions(const std::vector<Operation>& stream) {
  std::vector<std::uint64_t> versions;
  for (const Operation& operation : stream) {
    if (!is_stored(operation)) continue;
    versions.push_back(operation.value);
    if (operation.has_expectation && operation.expected + 1 != operation.value) {
      return "not at the expected version: " + text(operation);
    }
  }
  std::sort(versions.begin(), versions.end());
  for (std::size_t i = 0; i < versions.size(); ++i) {
    if (versions[i] != i + 1) return fmt::format("{}: no version {}", stream[0].stream, i + 1);
  }
  for (const Operation& operation : stream) {
    if (operation.kind == Kind::read && operation.value > versions.size()) {
      return "a version that there never was: " + text(operation);
    }
  }
  return {};
}

// Appends and reads stand at their versions. Requires that first ended before second began.
bool is_backwards(const Operation& first, const Operation& second) {
  return is_stored(second) ? first.value >= second.value : first.value > second.value;
}

std::string check_order(const std::vector<Operation>& placed) {
  for (const Operation& first : placed) {
    for (const Operation& second : placed) {
      if (ended_before(first, second) && is_backwards(first, second)) {
        return text(second) + " came after " + text(first);
      }
    }
  }
  return {};
}

// A conflict may stand at any version between those of what ended before it and of what began
// after, but the expected one. Each takes the lowest it can, so that later ones have most room.
std::string check_conflicts(const std::vector<Operation>& placed, std::vector<Operation> conflicts,
                            std::uint64_t versions) {
  std::sort(conflicts.begin(), conflicts.end(),
            [](const Operation& a, const Operation& b) { return a.began < b.began; });
  std::vector<Operation> done;
  for (Operation conflict : conflicts) {
    std::uint64_t low = 0;
    std::uint64_t high = versions;
    for (const Operation& other : placed) {
      if (ended_before(other, conflict)) low = std::max(low, other.value);
      if (ended_before(conflict, other)) {
        high = std::min(high, is_stored(other) ? other.value - 1 : other.value);
      }
    }
    for (const Operation& other : done) {
      if (ended_before(other, conflict)) low = std::max(low, other.value);
    }
    const std::uint64_t expected = conflict.value;
    conflict.value = low == expected ? low + 1 : low;
    if (conflict.value > high) return "refused at the expected version: " + text(conflict);
    done.push_back(conflict);
  }
  return {};
}

std::string check_stream(const std::vector<Operation>& stream) {
  if (std::string found = check_versions(stream); !found.empty()) return found;
  std::vector<Operation> placed;
  std::vector<Operation> conflicts;
  std::uint64_t versions = 0;
  for (const Operation& operation : stream) {
    if (operation.kind == Kind::conflict) {
      conflicts.push_back(operation);
    } else if (operation.kind == Kind::read || is_stored(operation)) {
      placed.push_back(operation);
    }
    if (is_stored(operation)) ++versions;
  }
  if (std::string found = check_order(placed); !found.empty()) return found;
  return check_conflicts(placed, std::move(conflicts), versions);
}

// Positions are one order over all streams.
std::string check_positions(std::vector<Operation> stored) {
  std::sort(stored.begin(), stored.end(),
            [](const Operation& a, const Operation& b) { return a.position < b.position; });
  std::int64_t latest_began = 0;
  for (std::size_t i = 0; i < stored.size(); ++i) {
    if (i > 0 && stored[i - 1].position == stored[i].position) {
      return "one position twice: " + text(stored[i]);
    }
    if (stored[i].ended < latest_began) return "overtaken in position: " + text(stored[i]);
    latest_began = std::max(latest_began, stored[i].began);
  }
  return {};
}

}  // namespace

std::string line_of(const Operation& operation) {
  return fmt::format("{} {} {} {} {} {} {} {} {}", static_cast<int>(operation.kind),
                     operation.stream, operation.value, operation.position, operation.began,
                     operation.ended, operation.has_expectation ? 1 : 0, operation.expected,
                     operation.event.empty() ? "-" : operation.event);
}

std::optional<Operation> read_operation(const std::string& line) {
  std::istringstream words(line);
  Operation operation{};
  int kind = 0;
  words >> kind >> operation.stream >> operation.value >> operation.position >> operation.began >>
      operation.ended >> operation.has_expectation >> operation.expected >> operation.event;
  if (!words || kind < 0 || kind > static_cast<int>(Kind::unknown)) return std::nullopt;
  operation.kind = static_cast<Kind>(kind);
  return operation;
}

std::string contradiction(std::vector<Operation> operations) {
  std::map<std::string, std::vector<Operation>> streams;
  std::vector<Operation> stored;
  for (Operation& operation : operations) {
    if (operation.kind == Kind::unknown) operation.ended = never;
    if (is_stored(operation)) stored.push_back(operation);
    streams[operation.stream].push_back(operation);
  }
  if (std::string found = check_positions(std::move(stored)); !found.empty()) return found;
  for (const auto& [name, stream] : streams) {
    if (std::string found = check_stream(stream); !found.empty()) return found;
  }
  return {};
}

}  // namespace liggare::faults
