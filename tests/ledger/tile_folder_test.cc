#include "ledger/tile_folder.h"

#include <future>

#include "audit/tile_check.h"
#include "base/file.h"
#include "ledger/checkpoints.h"
#include "tests/ledger/ledger_fixture.h"

namespace liggare::ledger {
namespace {

class TileFolder : public LedgerTest {
 protected:
  void SetUp() override {
    open();
    grow(300);
  }

  void grow(int participants) {
    std::vector<Proposal> proposals;
    for (int i = 0; i < participants; ++i) {
      proposals.push_back({registered("P" + std::to_string(next_++)), std::nullopt});
    }
    append(proposals);
  }
  TileExport exported() {
    const auto newest = newest_checkpoint(*ledger_);
    EXPECT_TRUE(newest);
    auto written = export_tiles(*ledger_, newest->note, tiles_);
    EXPECT_TRUE(written) << written.error().message;
    return written ? *written : TileExport();
  }
  audit::Verdict verdict() {
    const audit::Trust trust{{{verifier_keys(*ledger_)->front(), "the test"}}, std::nullopt};
    return audit::check_tiles(tiles_, trust).verdict();
  }

  std::filesystem::path tiles_ = folder_.path() / "tiles";
  int next_ = 0;
};

TEST_F(TileFolder, IsWhatAnAuditorAccepts) {
  const TileExport written = exported();
  EXPECT_EQ(written.size, 300U);
  EXPECT_EQ(written.entries, 2U);
  EXPECT_EQ(written.tiles, 3U);
  EXPECT_EQ(verdict(), audit::Verdict::verified);
}

TEST_F(TileFolder, GrowsByWhatIsNew) {
  exported();
  const auto full = std::filesystem::last_write_time(tiles_ / "tile/entries/000");
  grow(10);
  const TileExport written = exported();
  EXPECT_EQ(written.old_size, 300U);
  EXPECT_EQ(written.entries, 1U);
  EXPECT_EQ(std::filesystem::last_write_time(tiles_ / "tile/entries/000"), full);
  EXPECT_TRUE(std::filesystem::exists(tiles_ / "tile/entries/001.p/44"));  // Published before.
  EXPECT_EQ(verdict(), audit::Verdict::verified);
  EXPECT_EQ(exported().tiles, 0U);
}

TEST_F(TileFolder, IsFinishedAfterAnInterruption) {
  exported();
  grow(300);
  const std::string old = *read_file(tiles_ / "checkpoint");
  exported();
  // As if it had ended before the checkpoint, and with a tile half written under another name.
  ASSERT_TRUE(replace_file(tiles_ / "checkpoint", old, Readers::everyone));
  ASSERT_TRUE(write_new_file(tiles_ / "tile/0/001.new", "half", Readers::everyone));
  EXPECT_EQ(exported().old_size, 300U);
  EXPECT_EQ(verdict(), audit::Verdict::verified);
}

TEST_F(TileFolder, GetsWhatItLacks) {
  exported();
  grow(300);
  // A checkpoint that was published here is no word on the tiles below it.
  ASSERT_TRUE(publish_checkpoint(newest_checkpoint(*ledger_)->note, tiles_));
  std::filesystem::remove(tiles_ / "tile/entries/000");
  EXPECT_EQ(exported().entries, 3U);
  EXPECT_EQ(verdict(), audit::Verdict::verified);
}

TEST_F(TileFolder, IsWrittenByOneAtATime) {
  exported();
  grow(10);
  const auto newest = newest_checkpoint(*ledger_);
  ASSERT_TRUE(newest);
  auto held = lock_folder(tiles_);
  ASSERT_TRUE(held);
  auto waiting =
      std::async(std::launch::async, [&] { return export_tiles(*ledger_, newest->note, tiles_); });
  // Without the lock it would be done long before.
  EXPECT_EQ(waiting.wait_for(std::chrono::milliseconds(200)), std::future_status::timeout);
  held = fail(ErrorCode::not_found, "let go");
  EXPECT_TRUE(waiting.get());
  EXPECT_EQ(verdict(), audit::Verdict::verified);
}

TEST_F(TileFolder, IsNeverMadeAmongOtherFiles) {
  std::filesystem::create_directory(tiles_);
  ASSERT_TRUE(write_new_file(tiles_ / "SHA256SUMS", "", Readers::everyone));
  const auto newest = newest_checkpoint(*ledger_);
  EXPECT_EQ(export_tiles(*ledger_, newest->note, tiles_).error().code, ErrorCode::invalid_argument);
  EXPECT_FALSE(std::filesystem::exists(tiles_ / "checkpoint"));
}

TEST_F(TileFolder, OfAnotherLedgerIsLeftAlone) {
  exported();
  const auto folders = Folders::of(folder_.path() / "other");
  ASSERT_TRUE(Ledger::create({folders, "example.org/other", HeadPolicy::floor}));
  auto other = Ledger::open({folders, Mode::write, &clock_});
  ASSERT_TRUE(other);
  const auto newest = newest_checkpoint(**other);
  ASSERT_TRUE(newest);
  EXPECT_EQ(export_tiles(**other, newest->note, tiles_).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(verdict(), audit::Verdict::verified);
}

TEST_F(TileFolder, IsNotMadeOlder) {
  const auto old = newest_checkpoint(*ledger_);
  grow(1);
  exported();
  EXPECT_EQ(export_tiles(*ledger_, old->note, tiles_).error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace liggare::ledger
