// What a log is held against when it is opened: HEAD, its own counts, its tree.
#include <gmock/gmock.h>
#include <rocksdb/db.h>

#include <fstream>

#include "store/head_file.h"
#include "store/rocks/options.h"
#include "tests/store/sample_ledger.h"

namespace liggare::store {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Opening : public SampleLedger {
 protected:
  void set_head(const merkle::TreeHead& head) {
    ASSERT_TRUE(HeadFile::open(head_file())->write(head));
  }
  merkle::TreeHead written_head() const { return HeadFile::read(head_file())->newest->head; }

  void expect_corrupt(const std::string& what) {
    for (const auto access : {Access::read_only, Access::write}) {
      const auto error = refusal(access);
      EXPECT_EQ(error.code, ErrorCode::corrupt);
      EXPECT_THAT(error.message, HasSubstr(what));
    }
  }

  // Writes past our own code, as someone with the disk in hand could.
  void tamper(Family family, const std::string& key, const std::optional<std::string>& value) {
    std::vector<rocksdb::ColumnFamilyHandle*> handles;
    rocksdb::DB* opened = nullptr;
    ASSERT_TRUE(rocksdb::DB::Open(log_options(nullptr, WhenMissing::fail),
                                  (folder() / "log").string(), log_families(), &handles, &opened)
                    .ok());
    const std::unique_ptr<rocksdb::DB> database(opened);
    auto* handle = handles[static_cast<std::size_t>(family) + 1];
    const auto status = value ? database->Put(synced_write(), handle, key, *value)
                              : database->Delete(synced_write(), handle, key);
    EXPECT_TRUE(status.ok());
    for (auto* each : handles) database->DestroyColumnFamilyHandle(each);
  }
};

TEST_F(Opening, RollsHeadForwardOverATailThatItVerified) {
  create_with(20);
  fs::copy_file(head_file(), folder() / "HEAD.old");
  ASSERT_TRUE(append_samples(*open(), 15));
  fs::rename(folder() / "HEAD.old", head_file());
  EXPECT_TRUE(holds_samples(*open(Access::read_only), 35));
  EXPECT_EQ(written_head(), sample_head(20));
  EXPECT_TRUE(holds_samples(*open(Access::write), 35));
  EXPECT_EQ(written_head(), sample_head(35));
}

TEST_F(Opening, RefusesALogThatIsShorterThanHead) {
  create_with(20);
  set_head({21, sha256({"whatever"})});
  expect_corrupt("the log holds 20 events, HEAD says that 21 were stored");
}

TEST_F(Opening, RefusesALogWhoseWriteAheadFileWasCutShort) {
  create_with(20);
  ASSERT_TRUE(append_samples(*open(), 20));
  const auto file = log_file(".log");
  fs::resize_file(file, fs::file_size(file) - 10);
  expect_corrupt("its tail is lost");
}

// As when HEAD's newest slot went astray and landed there: HEAD itself knows of nothing.
TEST_F(Opening, RefusesALogWhoseWriteAheadFileHasAGap) {
  create_with(20);
  fs::copy_file(head_file(), folder() / "HEAD.old");
  ASSERT_TRUE(append_samples(*open(), 15));
  const std::string slot = test::read_bytes(head_file()).substr(0, 512);
  fs::rename(folder() / "HEAD.old", head_file());
  std::string bytes = test::read_bytes(log_file(".log"));
  ASSERT_GT(bytes.size(), slot.size());
  test::write_bytes(log_file(".log"), slot + bytes.substr(slot.size()));
  EXPECT_THAT(refusal(Access::write).message, HasSubstr("has a gap"));
}

TEST_F(Opening, TakesZerosAtTheEndOfAWriteAheadFileForRoomThatWasLeft) {
  create_with(20);
  ASSERT_TRUE(append_samples(*open(), 15));
  const auto file = log_file(".log");
  fs::resize_file(file, fs::file_size(file) + 100'000);
  EXPECT_TRUE(holds_samples(*open(Access::write), 35));
}

TEST_F(Opening, RefusesALogWhoseWriteAheadFileIsGone) {
  create_with(20);
  fs::remove(log_file(".log"));
  EXPECT_EQ(refusal(Access::read_only).code, ErrorCode::corrupt);
  EXPECT_EQ(refusal(Access::write).code, ErrorCode::corrupt);
}

TEST_F(Opening, RefusesAnotherRootAtHeadsSize) {
  create_with(20);
  set_head({20, sha256({"another"})});
  expect_corrupt("the log's root at size 20 is not the one in HEAD");
}

TEST_F(Opening, RefusesAnotherRootBelowTheLogsSize) {
  create_with(20);
  fs::copy_file(head_file(), folder() / "HEAD.old");
  ASSERT_TRUE(append_samples(*open(), 15));
  fs::rename(folder() / "HEAD.old", head_file());
  set_head({25, sha256({"another"})});
  expect_corrupt("the log's root at size 25");
}

TEST_F(Opening, RefusesALogWithoutHead) {
  create_with(20);
  fs::remove(head_file());
  expect_corrupt("HEAD is missing beside a log of 20 events");
}

TEST_F(Opening, MakesHeadForALogThatIsEmpty) {
  create();
  fs::remove(head_file());
  ASSERT_TRUE(append_samples(*open(), 5));
  EXPECT_EQ(written_head(), sample_head(5));
}

TEST_F(Opening, RefusesAHeadWithTwoBadSlots) {
  create_with(20);
  flip_byte(head_file(), 3);
  flip_byte(head_file(), 515);
  expect_corrupt("both slots of HEAD are damaged");
}

TEST_F(Opening, RepairsOneBadSlot) {
  create_with(20);
  flip_byte(head_file(), 3);
  EXPECT_TRUE(holds_samples(*open(), 20));
  EXPECT_THAT(HeadFile::read(head_file())->bad_slots, IsEmpty());
  EXPECT_EQ(written_head(), sample_head(20));
}

TEST_F(Opening, RefusesAFamilyThatLostAnEntry) {
  create_with(20);
  tamper(Family::events, position_bytes(7), std::nullopt);
  expect_corrupt("the log's family events has");
}

TEST_F(Opening, RefusesATailThatDoesNotHashToTheStoredTree) {
  create();
  fs::copy_file(head_file(), folder() / "HEAD.old");
  ASSERT_TRUE(append_samples(*open(), 20));
  fs::rename(folder() / "HEAD.old", head_file());
  ASSERT_TRUE(holds_samples(*open(Access::read_only), 20));
  tamper(Family::tree, tile_key(0), std::string(tile_bytes, 'x'));
  EXPECT_EQ(refusal().code, ErrorCode::corrupt);
}

TEST_F(Opening, RefusesAStoredHeadThatIsNotItsTreesRoot) {
  create_with(20);
  tamper(Family::heads, "head", head_bytes({20, sha256({"another"})}));
  expect_corrupt("the log's stored head is not the root of its tree");
}

TEST_F(Opening, OfANewerFormatIsUnsupported) {
  create_with(20);
  tamper(Family::heads, "ledger", "liggare 3\n");
  EXPECT_EQ(refusal(Access::read_only).code, ErrorCode::unsupported);
  EXPECT_EQ(refusal(Access::write).code, ErrorCode::unsupported);
}

TEST_F(Opening, NamesAMissingFileRelativeToTheFolder) {
  create_with(20);
  fs::rename(folder() / "log" / "CURRENT", folder() / "CURRENT");
  expect_corrupt("log/CURRENT is missing");
  fs::rename(folder() / "CURRENT", folder() / "log" / "CURRENT");
  open().reset();
  for (const auto& entry : fs::directory_iterator(folder() / "log")) {
    if (entry.path().extension() == ".sst") fs::remove(entry.path());
  }
  EXPECT_THAT(refusal().message, HasSubstr("log/"));
  EXPECT_THAT(refusal().message, Not(HasSubstr(folder().string())));
}

}  // namespace
}  // namespace liggare::store
