// A ledger that is killed, starved and cut off, and the oracle outside it: what was acknowledged.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/faults/fast_folder.h"
#include "tests/faults/process.h"

namespace liggare::faults {

// A receipt, as it was printed; empty where only the fact is known.
struct Acknowledged {
  std::string receipt;  // "POSITION VERSION LEAF RECORDED"
};

class Town {
 public:
  // A copy of `ready`, a folder that make_ready() filled, under `place`, which is emptied.
  Town(const std::filesystem::path& ready, std::filesystem::path place);

  // Makes a ledger with opening_lines() in `place`/town and its keys beside it.
  static void make_ready(const std::filesystem::path& place);

  std::filesystem::path ledger() const { return place_ / "town"; }
  const std::filesystem::path& place() const { return place_; }

  // The program with these arguments, on this ledger.
  Command liggare(std::vector<std::string> arguments, std::string input = {}) const;
  // Writer's next run (writer.cc). It first sends again what the last runs left unanswered, and
  // some of what was answered.
  Command writer(std::uint64_t clients, std::uint64_t notes, std::size_t text_bytes = 0);
  // An erasure of health of the next participant who leaves, decided; gives the decision's event.
  // Empty where nobody is left, or where deciding failed, which fails the test.
  std::string decide_erasure();

  // Takes in what a writer, or `liggare append`, said. Fails on a refusal, and on a second receipt
  // for an id that is not the first one.
  testing::AssertionResult take(const std::string& output);
  std::size_t acknowledged() const { return acknowledged_.size(); }

  // Opens the ledger for reading and looks at every event: none acknowledged lost or moved, none
  // twice, no gap.
  testing::AssertionResult holds_what_was_acknowledged() const;
  // `liggare verify`, and with `full` the vault and every kept row too.
  testing::AssertionResult verifies(bool full) const;
  // `liggare` with these arguments ends with exit code 0.
  testing::AssertionResult does(std::vector<std::string> arguments, std::string input = {}) const;

 private:
  std::filesystem::path place_;
  std::map<std::string, Acknowledged> acknowledged_;
  std::vector<std::string> again_;  // Ids to send again.
  std::uint64_t runs_ = 0;
  std::uint64_t clients_ = 0;
  int left_ = 0;
};

// The program with these arguments, on the ledger `place`/town.
Command liggare_in(const std::filesystem::path& place, std::vector<std::string> arguments,
                   std::string input = {});

// A folder with a ready ledger in it.
class Grounds {
 public:
  Grounds() { Town::make_ready(ready()); }
  const std::filesystem::path& path() const { return folder_.path(); }
  std::filesystem::path ready() const { return path() / "ready"; }

 private:
  FastFolder folder_;
};

}  // namespace liggare::faults
