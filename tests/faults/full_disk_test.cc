// A disk without room, without room for more files, or that takes nothing: the program says so and
// ends, what was acknowledged stays readable, and with room again it goes on by itself.
#include <fmt/format.h>

#include "tests/faults/mounts.h"
#include "tests/faults/sizes.h"
#include "tests/faults/story.h"
#include "tests/faults/town.h"

namespace liggare::faults {
namespace {

constexpr int incomplete = 3;  // The exit code of what could not be completed.
constexpr std::uint64_t step_bytes = 4096;
constexpr std::size_t text_bytes = 2'000;
constexpr int lines = 150;

std::string lines_to_import() {
  std::string text;
  for (int i = 0; i < lines; ++i) text += note_line(fmt::format("i{}", i), text_bytes) + "\n";
  return text;
}

class FullDisk : public testing::Test {
 protected:
  static void SetUpTestSuite() { no_mounts_ = leave_the_common_mounts(); }

  void SetUp() override {
    if (!no_mounts_.empty()) GTEST_SKIP() << "FULL DISKS ARE NOT TESTED HERE: " << no_mounts_;
    grounds_.emplace();
  }
  std::filesystem::path folder() const { return grounds_->path() / "disk"; }
  Town new_town() const { return Town(grounds_->ready(), folder() / "town"); }

  // Appends until nothing goes any more.
  static void fill_by_writer(Town& town) {
    const Finished writer = run(town.writer(2, 0, text_bytes));
    ASSERT_EQ(writer.ending.exit, incomplete) << writer.text();
    ASSERT_TRUE(town.take(writer.output));
  }
  static void fill_by_import(Town& town) {
    const Finished import = run(town.liggare({"import", "-"}, lines_to_import()));
    ASSERT_EQ(import.ending.exit, incomplete) << import.text();
  }
  // Everything can be read, and one more event is taken or refused, in so many words.
  static void reads_but_may_not_write(Town& town, bool full) {
    ASSERT_TRUE(town.holds_what_was_acknowledged());
    if (full) {
      ASSERT_TRUE(town.does({"export"}));
    }
    const Finished one = run(town.liggare({"append"}, note_line("late", text_bytes)));
    ASSERT_TRUE(one.ending.exit == incomplete || one.ending.exit == 0) << one.text();
    ASSERT_EQ(one.ending.exit == 0, one.output.find("\"leafHash\"") != std::string::npos);
    ASSERT_TRUE(town.take(one.output));
  }
  static void goes_on(Town& town, bool full) {
    const Finished import = run(town.liggare({"import", "-"}, lines_to_import()));
    ASSERT_EQ(import.ending.exit, 0) << import.text();
    const Finished writer = run(town.writer(2, 3, text_bytes));
    ASSERT_EQ(writer.ending.exit, 0) << writer.text();
    ASSERT_TRUE(town.take(writer.output));
    ASSERT_TRUE(town.holds_what_was_acknowledged());
    if (full) {
      ASSERT_TRUE(town.verifies(true));
    }
  }

  std::optional<Grounds> grounds_;

 private:
  static inline std::string no_mounts_;
};

TEST_F(FullDisk, LosesNothingAtAnySize) {
  const std::uint64_t sizes = size_of_run("SIZES", 64, 1'000);
  for (std::uint64_t i = 0; i < sizes; ++i) {
    SCOPED_TRACE(fmt::format("{} steps of room", i));
    const MemoryDisk disk(folder());
    Town town = new_town();
    disk.leave_room(i * step_bytes);
    if (i % 2 == 0 || i * step_bytes > lines * text_bytes) {
      ASSERT_NO_FATAL_FAILURE(fill_by_writer(town));
    } else {
      ASSERT_NO_FATAL_FAILURE(fill_by_import(town));
    }
    ASSERT_NO_FATAL_FAILURE(reads_but_may_not_write(town, i % 8 < 2));
    disk.give_room();
    ASSERT_NO_FATAL_FAILURE(goes_on(town, i % 8 < 2));
  }
}

TEST_F(FullDisk, LosesNothingWithoutRoomForFiles) {
  for (std::uint64_t files = 0; files < size_of_run("FILES", 12, 24); files += 2) {
    SCOPED_TRACE(fmt::format("{} files", files));
    const MemoryDisk disk(folder());
    Town town = new_town();
    disk.leave_files(files);
    const Finished writer = run(town.writer(2, 40, text_bytes));
    ASSERT_TRUE(writer.ending.exit == incomplete || writer.ending.exit == 0) << writer.text();
    ASSERT_TRUE(town.take(writer.output));
    ASSERT_NO_FATAL_FAILURE(reads_but_may_not_write(town, true));
    disk.give_room();
    ASSERT_NO_FATAL_FAILURE(goes_on(town, true));
  }
}

TEST_F(FullDisk, ReadsWhereNothingCanBeWritten) {
  const MemoryDisk disk(folder());
  Town town = new_town();
  const Finished before = run(town.writer(2, 20, text_bytes));
  ASSERT_TRUE(town.take(before.output));
  disk.set_read_only(true);
  ASSERT_TRUE(town.holds_what_was_acknowledged());
  ASSERT_TRUE(town.does({"export"}));
  ASSERT_TRUE(town.verifies(false));
  const Finished one = run(town.liggare({"append"}, note_line("late")));
  EXPECT_EQ(one.ending.exit, incomplete) << one.text();
  disk.set_read_only(false);
  ASSERT_NO_FATAL_FAILURE(goes_on(town, true));
}

}  // namespace
}  // namespace liggare::faults
