#include "audit/tile_check.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/audit/evidence_folder.h"
#include "tests/audit/outcome_expectation.h"
#include "tests/support/temporary_folder.h"

namespace liggare::audit {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t sample_size = 600;

const SampleEvidence& sample() {
  static const SampleEvidence evidence = [] {
    SampleEvidence made;
    for (std::uint64_t i = 0; i < sample_size; ++i) made.add("participant/P1");
    return made;
  }();
  return evidence;
}

class Tiles : public testing::Test {
 protected:
  void write(std::uint64_t size = sample_size) { write_tiles(folder.path(), sample(), size); }
  std::string check() const { return summary(check_tiles(folder.path(), sample().trust())); }
  Outcome check_since(const std::string& note) const {
    return check_tiles(folder.path(), sample().trust(), OldCheckpoint{note, "OLD"});
  }
  void flip(const std::string& path, std::size_t byte) {
    test::flip_bit(folder.path() / path, byte);
  }

  test::TemporaryFolder folder;
};

TEST_F(Tiles, AreVerifiedAtEverySizeAroundATile) {
  for (const std::uint64_t size : {0U, 1U, 2U, 255U, 256U, 257U, 511U, 512U, 513U, 600U}) {
    write(size);
    EXPECT_EQ(check(), "verified") << size;
  }
}

TEST_F(Tiles, SayWhatWasCheckedAndWhatNot) {
  write();
  const Outcome outcome = check_tiles(folder.path(), sample().trust());
  EXPECT_TRUE(says(outcome.checked, Statement::tiles_whole, {"3", "4", "600"}));
  EXPECT_TRUE(says(outcome.not_checked, Statement::older_not_asked));
  EXPECT_TRUE(says(outcome.not_checked, Statement::rules_not_checked));
}

TEST_F(Tiles, AreTamperedWhereAnEntryOrAHashDiffers) {
  write();
  flip("tile/entries/001", 40);
  EXPECT_EQ(check(), "tampered tile-differs tile/0/001");
  flip("tile/entries/001", 40);
  for (const char* path : {"tile/0/000", "tile/0/002.p/88", "tile/1/000.p/2"}) {
    flip(path, 33);
    EXPECT_EQ(check(), std::string("tampered tile-differs ") + path);
    flip(path, 33);
  }
  EXPECT_EQ(check(), "verified");
}

TEST_F(Tiles, AreTamperedWhereTheyAreAnotherLogsThroughout) {
  SampleEvidence other(2);
  for (int i = 0; i < 5; ++i) other.add("participant/P1");
  write_tiles(folder.path(), other, 5);
  test::write_bytes(folder.path() / "checkpoint", sample().checkpoint(5));
  EXPECT_EQ(check(), "tampered root-differs checkpoint");
}

TEST_F(Tiles, CannotBeToldWhereOneIsMissingShortOrLong) {
  for (const char* path : {"tile/entries/000", "tile/entries/002.p/88", "tile/0/000",
                           "tile/0/002.p/88", "tile/1/000.p/2", "checkpoint"}) {
    write();
    fs::remove(folder.path() / path);
    EXPECT_EQ(check(), std::string("cannot-tell missing ") + path);
    write();
    fs::resize_file(folder.path() / path, fs::file_size(folder.path() / path) - 1);
    EXPECT_EQ(check(), std::string("cannot-tell malformed ") + path);
    write();
    std::ofstream(folder.path() / path, std::ios::app) << "\n";
    EXPECT_EQ(check(), std::string("cannot-tell malformed ") + path);
  }
}

TEST_F(Tiles, CannotBeToldWhereATileIsNoPlainFile) {
  write();
  fs::rename(folder.path() / "tile/0/000", folder.path() / "elsewhere");
  fs::create_symlink(folder.path() / "elsewhere", folder.path() / "tile/0/000");
  EXPECT_EQ(check(), "cannot-tell unreadable tile/0/000");
  fs::remove(folder.path() / "tile/0/000");
  ASSERT_EQ(::mkfifo((folder.path() / "tile/0/000").c_str(), 0600), 0);
  EXPECT_EQ(check(), "cannot-tell unreadable tile/0/000");
}

TEST_F(Tiles, OfOtherWidthsHaveToAgree) {
  write(300);
  write(520);
  write();
  const Outcome outcome = check_tiles(folder.path(), sample().trust());
  EXPECT_EQ(summary(outcome), "verified");
  // Of 300: tile/0/001.p/44, tile/1/000.p/1, and its entries; of 520: those of tile 2.
  EXPECT_TRUE(says(outcome.checked, Statement::further_tiles_agree, {"5"}));
  for (const char* path : {"tile/0/001.p/44", "tile/1/000.p/1", "tile/entries/001.p/44"}) {
    flip(path, 20);
    EXPECT_EQ(check(), std::string("tampered tile-differs ") + path);
    flip(path, 20);
  }
}

TEST_F(Tiles, OfALargerTreeAreSaidNotToBeCovered) {
  write();
  write(300);
  const Outcome outcome = check_tiles(folder.path(), sample().trust());
  EXPECT_EQ(summary(outcome), "verified");
  EXPECT_TRUE(says(outcome.not_checked, Statement::beyond_checkpoint, {"5"}));
  flip("tile/0/001", 20);
  EXPECT_EQ(check(), "tampered tile-differs tile/0/001");
}

TEST_F(Tiles, TellFilesThatAreNone) {
  write();
  test::write_bytes(folder.path() / "index.html", "x");
  test::write_bytes(folder.path() / "tile/0/notes.txt", "x");
  const Outcome outcome = check_tiles(folder.path(), sample().trust());
  EXPECT_EQ(summary(outcome), "verified");
  EXPECT_TRUE(says(outcome.not_checked, Statement::other_files, {"2"}));
}

TEST_F(Tiles, ShowThatTheLedgerOnlyGrew) {
  write();
  for (const std::uint64_t size : {0U, 1U, 256U, 300U, 600U}) {
    const Outcome outcome = check_since(sample().checkpoint(size));
    EXPECT_EQ(summary(outcome), "verified");
    EXPECT_TRUE(says(outcome.trust, Statement::append_only_since, {std::to_string(size), "OLD"}));
  }
}

TEST_F(Tiles, ShowThatHistoryWasRewritten) {
  write();
  SampleEvidence other(2);
  for (int i = 0; i < 300; ++i) other.add("participant/P1");
  EXPECT_EQ(summary(check_since(other.checkpoint(300))), "tampered rewritten tile/entries");
}

TEST_F(Tiles, ShowAFork) {
  write(300);
  SampleEvidence other(2);
  for (int i = 0; i < 300; ++i) other.add("participant/P1");
  EXPECT_EQ(summary(check_since(other.checkpoint(300))), "tampered forked checkpoint");
  EXPECT_EQ(summary(check_since(sample().checkpoint(301))),
            "cannot-tell not-comparable checkpoint");
}

TEST_F(Tiles, AreHeldAgainstAnEmptyTreeToo) {
  write();
  const auto keys = std::to_array({sample().log_key()});
  const std::string note = merkle::sign_checkpoint({sample_origin, {0, Hash{}}}, keys).print();
  EXPECT_EQ(summary(check_since(note)), "tampered rewritten tile/entries");
}

TEST_F(Tiles, CannotBeToldWhereTheirFolderIsAFile) {
  write(0);
  test::write_bytes(folder.path() / "tile", "x");
  EXPECT_EQ(check(), "cannot-tell unreadable tile");
}

TEST_F(Tiles, CannotBeToldWithoutAFolder) { EXPECT_EQ(check(), "cannot-tell missing checkpoint"); }

}  // namespace
}  // namespace liggare::audit
