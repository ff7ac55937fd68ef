#include "witness/witness_folder.h"

#include <gtest/gtest.h>

#include "tests/support/fixed_clock.h"
#include "tests/support/temporary_folder.h"

namespace liggare::witness {
namespace {

class WitnessFolderTest : public testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(witness_.create("witness.example.org/w1", SecretKey())); }

  static merkle::VerifierKey log(const std::string& origin, char seed) {
    return merkle::SigningKey(origin, merkle::KeyType::ed25519,
                              SecretKey(std::string(key_bytes, seed)))
        .verifier();
  }
  std::string opened() {
    const auto witness = witness_.open(clock_);
    return witness ? "open" : name_of(witness.error().code);
  }

  test::TemporaryFolder folder_;
  WitnessFolder witness_{folder_.path() / "w1"};
  test::FixedClock clock_{*Day::from_date(2026, 11, 24)};
};

TEST_F(WitnessFolderTest, IsMadeOnce) {
  EXPECT_TRUE(witness_.exists());
  EXPECT_EQ(witness_.create("witness.example.org/w1", SecretKey()).error().code,
            ErrorCode::invalid_argument);
  EXPECT_EQ(WitnessFolder{folder_.path() / "w2"}.create("a name", SecretKey()).error().code,
            ErrorCode::invalid_argument);
}

TEST_F(WitnessFolderTest, BeginsTheMemoryOfANewLogOnce) {
  ASSERT_TRUE(witness_.add_logs({log("a.example.org", 'a')}));
  ASSERT_TRUE(witness_.add_logs({log("a.example.org", 'a'), log("b.example.org", 'b')}));
  EXPECT_EQ(witness_.logs()->size(), 2U);
  const auto witness = witness_.open(clock_);
  ASSERT_TRUE(witness);
  EXPECT_TRUE((*witness)->logs_without_state().empty());
}

TEST_F(WitnessFolderTest, KeepsTheMemoryOfALogThatGetsAnotherKey) {
  ASSERT_TRUE(witness_.add_logs({log("a.example.org", 'a')}));
  // Lost: with a second key it must not begin anew.
  for (const auto& entry : std::filesystem::directory_iterator(witness_.folder / "state")) {
    if (entry.path().filename() != "lock") std::filesystem::remove(entry.path());
  }
  ASSERT_TRUE(witness_.add_logs({log("a.example.org", 'b')}));
  EXPECT_EQ(witness_.logs()->size(), 2U);
  EXPECT_EQ((*witness_.open(clock_))->logs_without_state().size(), 1U);
}

TEST_F(WitnessFolderTest, NeedsAKeyThatIsTheOwnersAlone) {
  const auto key = witness_.folder / "witness.key";
  std::filesystem::permissions(key, static_cast<std::filesystem::perms>(0644));
  EXPECT_EQ(opened(), "io");
  std::filesystem::permissions(key, static_cast<std::filesystem::perms>(0600));
  EXPECT_EQ(opened(), "open");
  std::filesystem::resize_file(key, 20);
  EXPECT_EQ(opened(), "corrupt");
}

TEST_F(WitnessFolderTest, GetsNoLogsWhileTheWitnessRuns) {
  const auto running = witness_.open(clock_);
  ASSERT_TRUE(running);
  EXPECT_EQ(witness_.add_logs({log("a.example.org", 'a')}).error().code, ErrorCode::busy);
}

}  // namespace
}  // namespace liggare::witness
