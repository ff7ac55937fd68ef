// Every event is sent two to five times, by several clients at once and again after a restart: it
// is there once, and each time the same receipt is given.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <thread>

#include "base/bytes.h"
#include "ledger/ledger.h"
#include "tests/faults/fast_folder.h"
#include "tests/faults/sizes.h"
#include "tests/faults/story.h"
#include "tests/support/chance.h"

namespace liggare::faults {
namespace {

constexpr std::uint64_t events_a_round = 500;
constexpr std::size_t clients = 8;

using Ids = std::vector<std::string>;

class Repeat : public testing::Test {
 protected:
  Repeat() {
    const auto created =
        ledger::Ledger::create({folders_, "example.org/test", ledger::HeadPolicy::floor});
    EXPECT_TRUE(created) << created.error().message;
    restart();
    std::vector<ledger::Proposal> opening;
    std::istringstream lines(opening_lines());
    for (std::string line; std::getline(lines, line);) opening.push_back({line, std::nullopt});
    EXPECT_TRUE(ledger_->append(opening));
  }

  void restart() {
    ledger_.reset();
    auto opened = ledger::Ledger::open({folders_, ledger::Mode::write});
    ASSERT_TRUE(opened) << opened.error().message;
    ledger_ = *std::move(opened);
  }

  // Sends all of `ids`, from all clients at once.
  void send(const Ids& ids) {
    std::vector<std::jthread> threads;
    for (std::size_t client = 0; client < clients; ++client) {
      threads.emplace_back([this, &ids, client] {
        for (std::size_t i = client; i < ids.size(); i += clients) send_one(ids[i]);
      });
    }
  }

  void send_one(const std::string& id) {
    const auto verdicts = ledger_->append({{note_line(id), std::nullopt}});
    const std::lock_guard lock(mutex_);
    if (!verdicts || !verdicts->front()) {
      ADD_FAILURE() << id << " was not taken";
      return;
    }
    const ledger::Receipt& receipt = *verdicts->front();
    const std::string text = fmt::format("{} {} {} {}", receipt.position, receipt.stream_version,
                                         to_hex(receipt.leaf_hash.view()), receipt.recorded.text());
    EXPECT_EQ(receipts_.try_emplace(id, text).first->second, text) << id;
    if (!receipt.duplicate) ++firsts_[id];
  }

  FastFolder folder_;
  const ledger::Folders folders_ = ledger::Folders::of(folder_.path() / "town");
  std::unique_ptr<ledger::Ledger> ledger_;
  std::mutex mutex_;
  std::map<std::string, std::string> receipts_;
  std::map<std::string, int> firsts_;  // How often an event was said to be new.
};

TEST_F(Repeat, MakesOneEventOfEachId) {
  const std::uint64_t events = size_of_run("REPEATS", 5'000, 200'000);
  test::Chance chance(1);
  for (std::uint64_t sent = 0; sent < events; sent += events_a_round) {
    Ids before;
    Ids after;
    for (std::uint64_t i = sent; i < sent + events_a_round; ++i) {
      const std::string id = fmt::format("n{}", i);
      before.push_back(id);
      for (std::size_t more = 1 + chance.below(4); more > 0; --more) {
        (chance.percent(50) ? before : after).push_back(id);
      }
    }
    for (Ids* ids : {&before, &after}) {
      for (std::size_t i = ids->size(); i > 1; --i)
        std::swap((*ids)[i - 1], (*ids)[chance.below(i)]);
    }
    send(before);
    ASSERT_NO_FATAL_FAILURE(restart());
    send(after);
  }
  for (const auto& [id, times] : firsts_) EXPECT_EQ(times, 1) << id;
  EXPECT_EQ(firsts_.size(), receipts_.size());
  EXPECT_EQ(ledger_->head().tree_size, opening_events() + receipts_.size());
  for (const auto& [id, receipt] : receipts_) {
    EXPECT_EQ(*ledger_->position_of(id), std::stoull(receipt)) << id;
  }
}

}  // namespace
}  // namespace liggare::faults
