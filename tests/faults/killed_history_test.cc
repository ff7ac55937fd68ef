// Eight clients with expected versions, in a process that is killed and started again: one order
// explains what they all saw, whatever became of what was not answered.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <set>
#include <sstream>
#include <thread>

#include "ledger/ledger.h"
#include "tests/faults/fast_folder.h"
#include "tests/faults/history.h"
#include "tests/faults/process.h"
#include "tests/faults/sizes.h"
#include "tests/support/chance.h"

namespace liggare::faults {
namespace {

constexpr std::int32_t working_microseconds_max = 80'000;
constexpr std::size_t streams = 3;

struct Killed {
  std::vector<Operation> operations;
  std::size_t unknown_kept = 0;
  std::size_t unknown_lost = 0;
};

class KilledHistory : public testing::Test {
 protected:
  // A new ledger, on which `turns` processes of so many clients work one after the other, each
  // until it is killed.
  void begin(std::uint64_t number) {
    folders_ = ledger::Folders::of(folder_.path() / fmt::format("town{}", number));
    const auto created =
        ledger::Ledger::create({folders_, "example.org/test", ledger::HeadPolicy::floor});
    ASSERT_TRUE(created) << created.error().message;
    ended_.clear();
    answered_.clear();
    unanswered_.clear();
  }

  void work(std::uint64_t turn, std::size_t clients, test::Chance& chance,
            std::vector<std::string> environment = {}) {
    Process process(
        {{LIGGARE_HISTORY_CLIENT, folders_.ledger.string(), "h", fmt::format("t{}", turn),
          std::to_string(clients), std::to_string(chance.below(1'000'000))},
         "",
         std::move(environment)});
    if (chance.percent(80)) process.says("open");
    std::this_thread::sleep_for(
        std::chrono::microseconds(chance.between(0, working_microseconds_max)));
    process.kill();
    process.wait();
    ASSERT_EQ(process.output().find("closed"), std::string::npos) << process.output();
    take(process.output());
  }

  Killed end() {
    Killed killed{ended_};
    auto opened = ledger::Ledger::open({folders_, ledger::Mode::write});
    EXPECT_TRUE(opened) << opened.error().message;
    if (!opened) return killed;
    for (auto& [id, operation] : unanswered_) {
      operation.kind = Kind::unknown;
      look_up(**opened, operation);
      ++(operation.value == 0 ? killed.unknown_lost : killed.unknown_kept);
      killed.operations.push_back(operation);
    }
    for (std::size_t i = 0; i < streams; ++i) {
      Operation last{Kind::read, fmt::format("h-{}", i)};
      last.value = version_of(**opened, last.stream);
      last.began = std::chrono::steady_clock::now().time_since_epoch().count();
      last.ended = last.began;
      killed.operations.push_back(last);
    }
    return killed;
  }

 private:
  void take(const std::string& output) {
    std::istringstream lines(output);
    for (std::string line; std::getline(lines, line);) {
      if (lines.eof()) return;  // Killed in the middle of saying it.
      const bool has_begun = line.starts_with("began ");
      if (!has_begun && !line.starts_with("ended ")) continue;
      const auto operation = read_operation(line.substr(6));
      ASSERT_TRUE(operation) << line;
      if (has_begun) {
        // Where an earlier process has sent the same, it may have been stored since then.
        if (!answered_.contains(operation->event))
          unanswered_.try_emplace(operation->event, *operation);
      } else {
        unanswered_.erase(operation->event);
        answered_.insert(operation->event);
        ended_.push_back(*operation);
      }
    }
  }

  static std::uint64_t version_of(const ledger::Ledger& ledger, const std::string& stream) {
    const auto read = ledger.stream({domain::StreamKind::unit, stream}, ledger.head().tree_size);
    EXPECT_TRUE(read);
    return read ? read->size() : 0;
  }

  static void look_up(const ledger::Ledger& ledger, Operation& operation) {
    const auto position = ledger.position_of(operation.event);
    ASSERT_TRUE(position);
    if (!*position) return;
    operation.position = **position;
    const auto stream = ledger.stream({domain::StreamKind::unit, operation.stream}, **position + 1);
    ASSERT_TRUE(stream);
    operation.value = stream->size();
  }

  FastFolder folder_;
  ledger::Folders folders_;
  std::vector<Operation> ended_;
  std::set<std::string> answered_;               // Their ids.
  std::map<std::string, Operation> unanswered_;  // By id.
};

TEST_F(KilledHistory, IsOneOrderForAllClients) {
  const std::uint64_t histories = size_of_run("KILLED_HISTORIES", 20, 2'000);
  const std::uint64_t seed = size_of_run("SEED", 1, 1);
  test::Chance chance(seed);
  Killed all;
  for (std::uint64_t i = 0; i < histories; ++i) {
    SCOPED_TRACE(fmt::format("seed {}, history {}", seed, i));
    ASSERT_NO_FATAL_FAILURE(begin(i));
    const std::size_t turns = 2 + chance.below(5);
    for (std::size_t turn = 0; turn < turns; ++turn) {
      ASSERT_NO_FATAL_FAILURE(work(turn, 8, chance));
    }
    const Killed killed = end();
    ASSERT_EQ(contradiction(killed.operations), "");
    all.unknown_kept += killed.unknown_kept;
    all.unknown_lost += killed.unknown_lost;
    all.operations.insert(all.operations.end(), killed.operations.begin(), killed.operations.end());
  }
  EXPECT_GT(all.operations.size(), histories * 10) << "the clients had no time to work";
  EXPECT_GT(all.unknown_kept, 0U);
  EXPECT_GT(all.unknown_lost, 0U);
  fmt::print("{} operations; not answered: {} stored, {} not\n", all.operations.size(),
             all.unknown_kept, all.unknown_lost);
}

// With one client the answers that it makes up are right, but for those that a kill takes back.
TEST_F(KilledHistory, FindsAnAppendThatIsAcknowledgedTooEarly) {
  test::Chance chance(1);
  for (std::uint64_t attempt = 0; attempt < 20; ++attempt) {
    ASSERT_NO_FATAL_FAILURE(begin(attempt));
    for (std::uint64_t turn = 0; turn < 3; ++turn) {
      ASSERT_NO_FATAL_FAILURE(work(turn, 1, chance, {"LIGGARE_FAULT_PLANTED=early"}));
    }
    if (!contradiction(end().operations).empty()) return;
  }
  FAIL() << "no loss was seen in sixty kills";
}

}  // namespace
}  // namespace liggare::faults
