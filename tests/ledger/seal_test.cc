#include "ledger/seal.h"

#include <fstream>

#include "base/bytes.h"
#include "projection/digest.h"
#include "projections/all.h"
#include "store/event_log.h"
#include "tests/ledger/ledger_fixture.h"

namespace liggare::ledger {
namespace {

class Sealing : public LedgerTest {
 protected:
  void SetUp() override {
    open();
    accept(unit("A"));
    accept(registered("P1"));
  }

  Seal seal() { return seal(bookkeeper_); }
  Seal seal(Bookkeeper& bookkeeper) {
    auto sealed = bookkeeper.seal(*ledger_, "system/liggare");
    EXPECT_TRUE(sealed && *sealed);
    return sealed && *sealed ? **sealed : Seal();
  }
  // Against the state of the log from its beginning.
  void expect_true(const Seal& sealed) {
    projection::SealState anew(projections::all_projections());
    ASSERT_TRUE(anew.advance(ledger_->log(), static_cast<std::uint64_t>(sealed.data.size)));
    EXPECT_EQ(to_hex(anew.directory().root().view()), sealed.data.directory_root);
    for (std::size_t i = 0; i < sealed.data.projections.size(); ++i) {
      EXPECT_EQ(to_hex(anew.projections()[i].digest().view()), sealed.data.projections[i].digest);
    }
  }

  Bookkeeper bookkeeper_;
};

TEST_F(Sealing, AppendsTheClosedBooks) {
  const Seal sealed = seal();
  EXPECT_TRUE(sealed.is_new);
  EXPECT_EQ(sealed.position, 2U);
  EXPECT_EQ(sealed.data.size, 2);
  EXPECT_EQ(newest_seal(*ledger_, size()).value()->data, sealed.data);
}

TEST_F(Sealing, HoldsEveryStreamAsItWas) {
  const Seal sealed = seal();
  const auto proven = prove_stream(*ledger_, "participant/P1", 2);
  ASSERT_TRUE(proven);
  const auto* presence = std::get_if<merkle::PresenceProof>(&proven->proof);
  ASSERT_NE(presence, nullptr);
  EXPECT_EQ(presence->entry.version, 1U);
  EXPECT_EQ(presence->entry.last_position, 1U);
  EXPECT_EQ(presence->entry.last_leaf_hash, merkle::leaf_hash(*ledger_->leaf(1)));
  const Hash root = Hash::from(*from_hex(sealed.data.directory_root));
  EXPECT_TRUE(merkle::verify_presence(*presence, root));
}

TEST_F(Sealing, ShowsThatAStreamIsAbsent) {
  const Seal sealed = seal();
  const auto proven = prove_stream(*ledger_, "participant/P2", 2);
  ASSERT_TRUE(proven);
  const auto* absence = std::get_if<merkle::AbsenceProof>(&proven->proof);
  ASSERT_NE(absence, nullptr);
  EXPECT_TRUE(merkle::verify_absence(*absence, Hash::from(*from_hex(sealed.data.directory_root))));
}

TEST_F(Sealing, DigestsEveryProjection) {
  const Seal sealed = seal();
  const auto& all = projections::all_projections();
  ASSERT_EQ(sealed.data.projections.size(), all.size());
  const auto rows = projection::FoldedRows::fold(ledger_->log(), all, 2);
  ASSERT_TRUE(rows);
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_EQ(sealed.data.projections[i].name, all[i].name);
    EXPECT_EQ(sealed.data.projections[i].version, all[i].version);
    EXPECT_EQ(sealed.data.projections[i].digest,
              to_hex(projection::digest_of(all[i], rows->rows()).view()));
  }
}

TEST_F(Sealing, AgainChangesNothingUntilSomethingCame) {
  const Seal first = seal();
  const Seal second = seal();
  EXPECT_FALSE(second.is_new);
  EXPECT_EQ(second.position, first.position);
  accept(registered("P2"));
  EXPECT_EQ(seal().data.size, 4);
}

TEST_F(Sealing, FromSealToSealIsTheSameAsFromTheBeginning) {
  seal();
  accept(registered("P2"));
  accept(event("v", "event.voided", "participant/P1", R"("target":"reg-P1","reason":"mistake")"));
  expect_true(seal());
}

TEST_F(Sealing, ByAnotherProcessGoesOnFromWhatWasKept) {
  seal();
  bookkeeper_ = Bookkeeper();
  accept(registered("P2"));
  expect_true(seal());
}

TEST_F(Sealing, IsTheSameWhereWhatWasKeptIsLostOrDamaged) {
  const Seal first = seal();
  for (const bool is_lost : {true, false}) {
    bookkeeper_ = Bookkeeper();
    if (is_lost) std::filesystem::remove_all(folders_.ledger / "seals");
    if (!is_lost) std::filesystem::resize_file(folders_.ledger / "seals" / "CURRENT", 3);
    EXPECT_EQ(to_hex(prove_stream(*ledger_, "unit/A", 2)->directory_root.view()),
              first.data.directory_root);
    accept(registered(is_lost ? "P2" : "P3"));
    const Seal sealed = seal();
    EXPECT_EQ(sealed.data.directory_root,
              to_hex(prove_stream(*ledger_, "unit/A", static_cast<std::uint64_t>(sealed.data.size))
                         ->directory_root.view()));
  }
}

TEST_F(Sealing, IsTheSameWhereATableOfWhatWasKeptIsDamaged) {
  for (const char* batch : {"A", "B", "C"}) {
    std::vector<Proposal> proposals;
    for (int i = 0; i < 1'000; ++i) {
      proposals.push_back({registered(batch + std::to_string(i)), std::nullopt});
    }
    append(proposals);
    seal();
  }
  bookkeeper_ = Bookkeeper();  // So much lies in tables once it is closed.
  std::size_t tables = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folders_.ledger / "seals")) {
    if (entry.path().extension() != ".sst") continue;
    ++tables;
    std::fstream file(entry.path(), std::ios::in | std::ios::out | std::ios::binary);
    for (std::streamoff at = 100; at < 500'000; at += 1'000) file.seekp(at).put('!');
  }
  ASSERT_GT(tables, 0U);
  accept(registered("P2"));
  expect_true(seal());
}

TEST_F(Sealing, IsNotMisledByAnotherHistory) {
  const auto copy = folder_.path() / "copy";
  close();
  std::filesystem::copy(folders_.ledger, copy, std::filesystem::copy_options::recursive);
  open();
  accept(registered("P2"));
  seal();
  bookkeeper_ = Bookkeeper();
  close();
  // The log as it was before, beside what was kept for a longer one.
  std::filesystem::rename(folders_.ledger / "seals", copy / "seals");
  std::filesystem::remove_all(folders_.ledger);
  std::filesystem::rename(copy, folders_.ledger);
  open();
  accept(registered("P3"));
  accept(registered("P4"));
  expect_true(seal());
}

TEST_F(Sealing, OfAnEmptyLedgerIsPossible) {
  const auto folders = Folders::of(folder_.path() / "empty");
  ASSERT_TRUE(Ledger::create({folders, "example.org/empty", HeadPolicy::floor}));
  auto empty = Ledger::open({folders, Mode::write, &clock_});
  ASSERT_TRUE(empty);
  const auto sealed = Bookkeeper().seal(**empty, "system/liggare");
  ASSERT_TRUE(sealed && *sealed);
  EXPECT_EQ((*sealed)->data.size, 0);
}

}  // namespace
}  // namespace liggare::ledger
