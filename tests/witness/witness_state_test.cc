// What a witness remembers, and what it does when it can't.
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/witness/sample_log.h"

namespace liggare::witness {
namespace {

using test::read_bytes;
using test::write_bytes;

TEST(WitnessState, OutlivesTheWitness) {
  WitnessScene scene;
  scene.given(5).restarted();
  EXPECT_EQ(scene.size_held(), 5u);
  EXPECT_EQ(scene.when_sent(5, 13).status, 200);
}

TEST(WitnessState, IsACheckpointsText) {
  WitnessScene scene;
  scene.given(5);
  EXPECT_EQ(read_bytes(scene.state_file()), scene.log().checkpoint(5).text);
}

TEST(WitnessState, IsWrittenBeforeTheAnswer) {
  WitnessScene scene;
  ASSERT_EQ(scene.when_sent(0, 5).status, 200);
  EXPECT_EQ(read_bytes(scene.state_file()), scene.log().checkpoint(5).text);
}

TEST(WitnessState, IsNeverGuessedWhenItIsLost) {
  WitnessScene scene;
  scene.given(5);
  std::filesystem::remove(scene.state_file());
  EXPECT_EQ(scene.when_sent(5, 13).status, 500);
  scene.restarted();
  EXPECT_EQ(scene.when_sent(0, 4).status, 500);
  EXPECT_EQ(scene.when_sent(5, 13).status, 500);
  EXPECT_EQ(scene.witness().logs_without_state().size(), 1u);
}

TEST(WitnessState, IsNeverUsedWhenItIsDamaged) {
  WitnessScene scene;
  scene.given(5);
  const std::string sound = read_bytes(scene.state_file());
  const std::string other = SampleLog(log_key("ledger.example.org/village"), {}).checkpoint(5).text;
  for (const std::string& damaged :
       {std::string(), sound.substr(0, 10), sound.substr(0, sound.size() - 1), sound + "\n",
        "x" + sound, other, std::string("\0", 1), scene.log().checkpoint(5).print()}) {
    write_bytes(scene.state_file(), damaged);
    EXPECT_EQ(scene.restarted().when_sent(5, 13).status, 500) << damaged;
    EXPECT_EQ(read_bytes(scene.state_file()), damaged);
  }
  write_bytes(scene.state_file(), sound);
  EXPECT_EQ(scene.restarted().when_sent(5, 13).status, 200);
}

TEST(WitnessState, MayNotBeTurnedBackBehindItsBack) {
  WitnessScene scene;
  scene.given(5);
  const std::string before = read_bytes(scene.state_file());
  scene.given(13);
  write_bytes(scene.state_file(), before);
  EXPECT_EQ(scene.when_sent(5, 9).status, 500);
}

// Whoever runs the tests may be allowed to write anything, so something stands in the way.
TEST(WitnessState, IsRefusedWhereItCannotBeWritten) {
  WitnessScene scene;
  scene.given(5);
  std::filesystem::path in_the_way = scene.state_file();
  in_the_way += ".new";
  std::filesystem::create_directory(in_the_way);
  EXPECT_EQ(scene.when_sent(5, 13).status, 500);
  // What needs no writing goes on.
  EXPECT_EQ(scene.when_sent(5, 5).status, 200);
  std::filesystem::remove(in_the_way);
  EXPECT_EQ(scene.when_sent(5, 13).status, 200);
}

TEST(WitnessState, IsRefusedWhereItCannotBeRead) {
  WitnessScene scene;
  scene.given(5);
  std::filesystem::remove(scene.state_file());
  std::filesystem::create_directory(scene.state_file());
  EXPECT_EQ(scene.when_sent(5, 13).status, 500);
}

TEST(WitnessState, TellsStrangersNothingOfTheFolder) {
  WitnessScene scene;
  std::filesystem::remove(scene.state_file());
  EXPECT_EQ(scene.when_sent(0, 5).body, "this witness has no sound state for the log\n");
}

TEST(WitnessState, BelongsToOneWitness) {
  WitnessScene scene;
  EXPECT_EQ(Witness::open(scene.options(), scene.clock()).error().code, ErrorCode::busy);
  EXPECT_EQ(Witness::begin(scene.folder(), {"ledger.example.org/village"}).error().code,
            ErrorCode::busy);
  scene.stop();
  EXPECT_TRUE(Witness::open(scene.options(), scene.clock()));
}

TEST(WitnessState, NeedsAFolder) {
  WitnessScene scene;
  WitnessOptions options = scene.options();
  options.folder = scene.folder() / "missing";
  EXPECT_EQ(Witness::open(std::move(options), scene.clock()).error().code, ErrorCode::not_found);
  options = scene.options();
  options.folder = scene.state_file();
  EXPECT_EQ(Witness::open(std::move(options), scene.clock()).error().code, ErrorCode::io);
}

TEST(WitnessState, BeginsOnceForEachLog) {
  WitnessScene scene;
  scene.given(5).stop();
  EXPECT_EQ(Witness::begin(scene.folder(), {town}).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(scene.restarted().size_held(), 5u);
}

}  // namespace
}  // namespace liggare::witness
