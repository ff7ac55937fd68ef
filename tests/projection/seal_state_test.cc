// The state that seals close over, followed in steps, against the same from zero.
#include "projection/seal_state.h"

#include <gtest/gtest.h>

#include "codec/record.h"
#include "projections/all.h"
#include "tests/store/sample_ledger.h"
#include "tests/support/chance.h"
#include "tests/support/random_history.h"

namespace liggare::projection {
namespace {

using domain::RecordedEventPtr;
using domain::StreamKind;

std::vector<Section> sections_of(const domain::Event& event) {
  std::vector<Section> sections;
  if (!event.personal) return sections;
  for (const PersonalClass personal_class : *event.personal) {
    sections.push_back({personal_class, std::string(16, 'k'), std::string(4, 'i'),
                        std::string(32, 's'), std::string(32, 'c'), std::string(80, 't')});
  }
  return sections;
}

class SealStateTest : public store::SampleLedger {
 protected:
  // A random history, with a seal after every tenth event.
  void write(std::uint64_t seed) {
    log_.reset();
    std::filesystem::remove_all(folder());
    create();
    log_ = open();
    std::map<std::string, std::uint64_t> versions;
    const test::RandomHistory history = test::random_history(seed);
    for (const RecordedEventPtr& event : history.ledger.events()) {
      add(event->event, event->recorded, ++versions[event->event.subject.text()]);
      if (size() % 10 != 0) continue;
      domain::Event seal = event->event;
      seal.id = "seal-" + std::to_string(size());
      seal.subject = {StreamKind::ledger, "main"};
      seal.data = domain::LedgerSealed{0, std::string(64, '0'), {}, 0, std::string(64, '0')};
      seal.personal.reset();
      add(seal, event->recorded, ++versions["ledger/main"]);
    }
  }
  void add(const domain::Event& event, Instant recorded, std::uint64_t version) {
    const std::string bytes = codec::encode_record({event, size(), version, recorded, "local/0"},
                                                   std::string(16, 's'), sections_of(event));
    const std::string subject = event.subject.text();
    const store::NewRecord record{event.id, subject, version, bytes};
    ASSERT_TRUE(log_->append({&record, 1}));
  }

  std::uint64_t size() const { return log_->head().tree_size; }
  const store::EventLog& log() const { return *log_; }

  // Directory and digests, in the projections' order.
  static std::vector<Hash> hashes_of(SealState& state) {
    std::vector<Hash> hashes{state.directory().root()};
    for (DigestedRows& rows : state.projections()) hashes.push_back(rows.digest());
    return hashes;
  }
  std::vector<Hash> from_zero(std::uint64_t size) const {
    SealState state(projections::all_projections());
    EXPECT_TRUE(state.advance(*log_, size));
    return hashes_of(state);
  }

 private:
  std::unique_ptr<store::EventLog> log_;
};

TEST_F(SealStateTest, IsTheSameInStepsOfOneAsFromZero) {
  write(7);
  SealState state(projections::all_projections());
  for (std::uint64_t at = 0; at <= size(); ++at) {
    ASSERT_TRUE(state.advance(log(), at));
    EXPECT_EQ(state.size(), at);
    EXPECT_EQ(hashes_of(state), from_zero(at)) << "at size " << at;
  }
}

TEST_F(SealStateTest, IsTheSameInRandomStepsAsFromZero) {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    write(seed);
    test::Chance chance(seed);
    SealState state(projections::all_projections());
    for (std::uint64_t at = 0; at < size();) {
      at += 1 + chance.below(size() - at);
      ASSERT_TRUE(state.advance(log(), at));
      EXPECT_EQ(hashes_of(state), from_zero(at)) << "seed " << seed << " at size " << at;
    }
  }
}

TEST_F(SealStateTest, DoesNotDependOnWhetherItWasAskedBetween) {
  write(7);
  SealState asked(projections::all_projections());
  SealState silent(projections::all_projections());
  for (std::uint64_t at = 0; at <= size(); at += 5) {
    ASSERT_TRUE(asked.advance(log(), at));
    ASSERT_TRUE(silent.advance(log(), at));
    hashes_of(asked);
  }
  EXPECT_EQ(hashes_of(asked), hashes_of(silent));
}

TEST_F(SealStateTest, OfNoEventsHasTheEmptyDirectory) {
  write(7);
  SealState state(projections::all_projections());
  ASSERT_TRUE(state.advance(log(), 0));
  EXPECT_EQ(state.directory().root(), Directory().root());
}

// Each entry as the evidence spells it.
TEST_F(SealStateTest, HoldsEveryStreamWithItsLastEvent) {
  write(7);
  SealState state(projections::all_projections());
  ASSERT_TRUE(state.advance(log(), size() / 2));
  ASSERT_TRUE(state.advance(log(), size()));
  Directory directory;
  ASSERT_TRUE(log().streams("", size(), [&](std::string_view subject, const auto& positions) {
    const std::string bytes = *log().record(positions.back());
    return directory.put(
        {std::string(subject), positions.size(), positions.back(), merkle::leaf_hash(bytes)});
  }));
  EXPECT_EQ(state.directory().root(), directory.root());
}

TEST_F(SealStateTest, HasTheDigestsOfTheRowsAtItsSize) {
  write(7);
  SealState state(projections::all_projections());
  ASSERT_TRUE(state.advance(log(), size() / 3));
  ASSERT_TRUE(state.advance(log(), size()));
  const auto folded = FoldedRows::fold(log(), projections::all_projections(), size());
  ASSERT_TRUE(folded);
  for (DigestedRows& rows : state.projections()) {
    EXPECT_EQ(rows.digest(), digest_of(rows.projection(), folded->rows()))
        << rows.projection().name;
  }
}

}  // namespace
}  // namespace liggare::projection
