#include "tests/faults/town.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include "base/assertion.h"
#include "base/bytes.h"
#include "ledger/ledger.h"
#include "tests/faults/story.h"

namespace liggare::faults {
namespace {

namespace fs = std::filesystem;
using testing::AssertionFailure;
using testing::AssertionResult;
using testing::AssertionSuccess;

constexpr std::size_t again_acknowledged_max = 3;

// What stands after `name": ` in JSON of one line, without quotes.
std::string member(const std::string& json, const std::string& name) {
  const std::size_t start = json.find("\"" + name + "\":");
  if (start == std::string::npos) return "";
  std::size_t from = start + name.size() + 3;
  if (json[from] == '"') ++from;
  return json.substr(from, json.find_first_of("\",}", from) - from);
}

std::string receipt_of(const std::string& json) {
  return member(json, "position") + " " + member(json, "streamversion") + " " +
         member(json, "leafHash") + " " + member(json, "recorded");
}

}  // namespace

Command liggare_in(const fs::path& place, std::vector<std::string> arguments, std::string input) {
  arguments.insert(arguments.begin(), LIGGARE_PROGRAM);
  return {std::move(arguments),
          std::move(input),
          {"LIGGARE_LEDGER=" + (place / "town").string(), "LANG=C"}};
}

Town::Town(const fs::path& ready, fs::path place) : place_(std::move(place)) {
  fs::remove_all(place_);
  fs::create_directories(place_);
  fs::copy(ready, place_, fs::copy_options::recursive);
}

void Town::make_ready(const fs::path& place) {
  fs::create_directories(place);
  const Finished made = run(liggare_in(place, {"init"}, ""));
  LIGGARE_ASSERT(made.ending.exit == 0, "no ledger was made");
  const Finished filled = run(liggare_in(place, {"import", "-"}, opening_lines()));
  LIGGARE_ASSERT(filled.ending.exit == 0, "the ledger was not filled");
}

Command Town::liggare(std::vector<std::string> arguments, std::string input) const {
  return liggare_in(place_, std::move(arguments), std::move(input));
}

Command Town::writer(std::uint64_t clients, std::uint64_t notes, std::size_t text_bytes) {
  std::string again;
  for (const std::string& id : again_) again += id + "\n";
  ++runs_;
  clients_ = clients;
  return {{LIGGARE_FAULT_WRITER, ledger().string(), std::to_string(runs_), std::to_string(clients),
           std::to_string(notes), std::to_string(text_bytes)},
          again,
          {}};
}

std::string Town::decide_erasure() {
  if (left_ == leaving) return "";
  const Finished decided =
      run(liggare({"erase", "decide", "--participant", fmt::format("E{}", left_++), "--classes",
                   "health", "--reason", "art17", "--decision", "KS-1", "--as", "staff/A"}));
  EXPECT_EQ(decided.ending.exit, 0) << decided.text();
  return member(decided.output, "decision");
}

AssertionResult Town::take(const std::string& output) {
  std::istringstream lines(output);
  std::map<std::string, std::uint64_t> next;  // Of each client of this run: the first unanswered.
  for (std::string line; std::getline(lines, line);) {
    std::string id;
    std::string receipt;
    if (line.starts_with("refused ")) return AssertionFailure() << line;
    if (lines.eof()) break;  // Killed in the middle of saying it: no one was told.
    if (line.starts_with("ack ")) {
      const std::size_t end = line.find(' ', 4);
      id = line.substr(4, end - 4);
      if (end != std::string::npos) receipt = line.substr(end + 1);
    } else if (line.starts_with("{\"id\":") && line.ends_with("}")) {
      id = member(line, "id");
      receipt = receipt_of(line);
    } else {
      continue;
    }
    const auto [place, is_new] = acknowledged_.try_emplace(id, Acknowledged{receipt});
    if (!is_new && place->second.receipt != receipt) {
      return AssertionFailure() << id << " has two receipts: " << place->second.receipt << " and "
                                << receipt;
    }
  }
  again_.clear();
  for (std::uint64_t client = 0; client < clients_; ++client) {
    const std::string prefix = fmt::format("r{}-c{}-", runs_, client);
    std::uint64_t number = 0;
    while (acknowledged_.contains(prefix + std::to_string(number))) ++number;
    const std::uint64_t from = number - std::min<std::uint64_t>(number, again_acknowledged_max);
    for (std::uint64_t i = from; i <= number; ++i) again_.push_back(prefix + std::to_string(i));
  }
  return AssertionSuccess();
}

AssertionResult Town::holds_what_was_acknowledged() const {
  const auto opened = ledger::Ledger::open({ledger::Folders::of(ledger()), ledger::Mode::read});
  if (!opened) return AssertionFailure() << "refused to open: " << opened.error().message;
  std::map<std::string, std::string> stored;
  std::string twice;
  const std::uint64_t size = (*opened)->head().tree_size;
  std::uint64_t position = 0;
  const auto look = [&](const domain::RecordedEvent& event, std::string_view leaf) {
    const std::string receipt =
        fmt::format("{} {} {} {}", event.position, event.version,
                    to_hex(merkle::leaf_hash(leaf).view()), event.recorded.text());
    if (!stored.try_emplace(event.event.id, receipt).second) twice = " at " + event.event.id;
    return event.position == position++;
  };
  const auto scanned = (*opened)->scan(0, size, look);
  if (!scanned) return AssertionFailure() << "unreadable: " << scanned.error().message;
  if (position != size || stored.size() != size) {
    return AssertionFailure() << "gap or twice before " << position << " of " << size << twice;
  }
  for (const auto& [id, acknowledged] : acknowledged_) {
    const auto found = stored.find(id);
    if (found == stored.end()) {
      return AssertionFailure() << "lost: " << id << " " << acknowledged.receipt;
    }
    if (!acknowledged.receipt.empty() && acknowledged.receipt != found->second) {
      return AssertionFailure() << "changed: " << id << " " << acknowledged.receipt << ", now "
                                << found->second;
    }
  }
  return AssertionSuccess();
}

AssertionResult Town::does(std::vector<std::string> arguments, std::string input) const {
  const std::string name = arguments.front() + " " + arguments.back();
  const Finished finished = run(liggare(std::move(arguments), std::move(input)));
  if (finished.ending.exit == 0) return AssertionSuccess();
  return AssertionFailure() << name << ": " << finished.text();
}

AssertionResult Town::verifies(bool full) const {
  if (!full) return does({"verify"});
  for (const auto& arguments : {std::vector<std::string>{"verify", "--full"},
                                {"projections", "verify"},
                                {"vault", "verify"},
                                {"vault", "status"}}) {
    if (auto result = does(arguments); !result) return result;
  }
  return AssertionSuccess();
}

}  // namespace liggare::faults
