#include "ledger/seal.h"

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
  auto directory = directory_at(*ledger_, 2);
  ASSERT_TRUE(directory);
  const auto proof = directory->prove("participant/P1");
  const auto* presence = std::get_if<merkle::PresenceProof>(&proof);
  ASSERT_NE(presence, nullptr);
  EXPECT_EQ(presence->entry.version, 1U);
  EXPECT_EQ(presence->entry.last_position, 1U);
  EXPECT_EQ(presence->entry.last_leaf_hash, merkle::leaf_hash(*ledger_->leaf(1)));
  const Hash root = Hash::from(*from_hex(sealed.data.directory_root));
  EXPECT_TRUE(merkle::verify_presence(*presence, root));
}

TEST_F(Sealing, ShowsThatAStreamIsAbsent) {
  const Seal sealed = seal();
  const auto proof = directory_at(*ledger_, 2)->prove("participant/P2");
  const auto* absence = std::get_if<merkle::AbsenceProof>(&proof);
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
  const Seal followed = seal();
  projection::SealState anew(projections::all_projections());
  ASSERT_TRUE(anew.advance(ledger_->log(), static_cast<std::uint64_t>(followed.data.size)));
  EXPECT_EQ(to_hex(anew.directory().root().view()), followed.data.directory_root);
  for (std::size_t i = 0; i < followed.data.projections.size(); ++i) {
    EXPECT_EQ(to_hex(anew.projections()[i].digest().view()), followed.data.projections[i].digest);
  }
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
