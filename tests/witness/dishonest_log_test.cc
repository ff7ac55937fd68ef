// Logs that were rolled back or forked: none of their checkpoints is cosigned.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/chance.h"
#include "tests/witness/sample_log.h"

namespace liggare::witness {
namespace {

constexpr std::uint64_t held = 300;
constexpr std::uint64_t odd_leaf = 100;

// The honest log, and others that were like it once: they differ before the size that is held.
class DishonestLog {
 public:
  explicit DishonestLog(std::uint64_t seed) : chance_(seed) {}

  std::string lie() {
    switch (chance_.below(4)) {
      case 0:
        return rolled_back();
      case 1:
        return forked_at_the_same_size();
      case 2:
        return forked_and_grown();
      default:
        return begun_anew();
    }
  }

 private:
  static SampleLog log_with_odd(std::uint64_t index) {
    return {log_key(), merkle::ReferenceTree::with_one_odd_leaf(index)};
  }
  // Another leaf was odd, or a later one: the trees differ at every size from then on.
  SampleLog fork() {
    const std::uint64_t index = chance_.below(held);
    return log_with_odd(index == odd_leaf ? held - 1 : index);
  }
  std::uint64_t any_old_size(std::uint64_t size) {
    const std::uint64_t choices[] = {0, held, size, chance_.below(size + 1)};
    return choices[chance_.below(4)];
  }
  // Sound within the log that tells the lie, of the honest log, or of nothing.
  std::vector<Hash> any_proof(const SampleLog& log, std::uint64_t old_size, std::uint64_t size) {
    std::vector<Hash> path =
        chance_.percent(70) ? log.proof(old_size, size) : honest_.proof(old_size, size);
    if (!path.empty() && chance_.percent(20)) path.pop_back();
    if (chance_.percent(10)) path.push_back(Hash{});
    if (path.size() > 1 && chance_.percent(10)) std::swap(path.front(), path.back());
    return path;
  }

  std::string rolled_back() {
    const std::uint64_t size = chance_.below(held);
    const std::uint64_t old_size = any_old_size(size);
    return print_submission(old_size, any_proof(honest_, old_size, size), honest_.checkpoint(size));
  }
  std::string forked_at_the_same_size() {
    const SampleLog log = fork();
    const std::uint64_t old_size = any_old_size(held);
    return print_submission(old_size, any_proof(log, old_size, held), log.checkpoint(held));
  }
  std::string forked_and_grown() {
    const SampleLog log = fork();
    const std::uint64_t size = held + 1 + chance_.below(400);
    const std::uint64_t old_size = chance_.percent(60) ? held : any_old_size(size);
    return print_submission(old_size, any_proof(log, old_size, size), log.checkpoint(size));
  }
  // As if the witness had never seen it.
  std::string begun_anew() {
    const SampleLog log = fork();
    return log.submission(0, 1 + chance_.below(2 * held));
  }

  test::Chance chance_;
  SampleLog honest_ = log_with_odd(odd_leaf);
};

TEST(DishonestLog, IsNeverCosigned) {
  WitnessScene scene;
  const SampleLog honest(log_key(), merkle::ReferenceTree::with_one_odd_leaf(odd_leaf));
  ASSERT_EQ(scene.when_sent(honest.submission(0, held)).status, 200);
  DishonestLog log(20'261'122);
  int cosigned = 0;
  for (int count = 0; count < 1'000; ++count) {
    if (count % 250 == 249) scene.restarted();
    cosigned += scene.when_sent(log.lie()).status == 200;
  }
  EXPECT_EQ(cosigned, 0);
  EXPECT_EQ(test::read_bytes(scene.state_file()), honest.checkpoint(held).text);
  EXPECT_EQ(scene.when_sent(honest.submission(held, 2 * held)).status, 200);
}

TEST(DishonestLog, IsNeverCosignedByAWitnessThatHasLostItsState) {
  WitnessScene scene;
  std::filesystem::remove(scene.state_file());
  DishonestLog log(4);
  int cosigned = 0;
  for (int count = 0; count < 1'000; ++count) {
    cosigned += scene.when_sent(log.lie()).status == 200;
  }
  EXPECT_EQ(cosigned, 0);
  EXPECT_FALSE(std::filesystem::exists(scene.state_file()));
}

}  // namespace
}  // namespace liggare::witness
