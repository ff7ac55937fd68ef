// Seals that lie: appended like any other event, with hashes that fit, and found by verify --full.
//
//   LIGGARE_SEED=7 build/dev/tests/inspect/inspect_test --gtest_filter='SealLies.*'
#include <fmt/format.h>

#include <array>
#include <cstdlib>
#include <set>

#include "base/bytes.h"
#include "projection/seal_state.h"
#include "tests/inspect/full_ledger.h"
#include "tests/support/chance.h"

namespace liggare::inspect {
namespace {

using domain::LedgerSealed;
using merkle::DirectoryEntry;
using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;

// Under a sanitizer a part of them is enough: they are of the same kinds.
#ifdef __SANITIZE_ADDRESS__
constexpr std::size_t lies_wanted = 150;
#else
constexpr std::size_t lies_wanted = 1000;
#endif

std::string other_digest(test::Chance& chance) {
  return to_hex(sha256({std::to_string(chance.below(1'000'000))}).view());
}

// The ledger as it is sealed, truly or not, while it grows.
class Notary {
 public:
  explicit Notary(const store::EventLog& log) : log_(log), state_(projections::all_projections()) {}

  LedgerSealed truth() {
    const std::uint64_t before = state_.size();
    const std::uint64_t size = log_.head().tree_size;
    EXPECT_TRUE(state_.advance(log_, size));
    EXPECT_TRUE(log_.scan({before, size}, [&](std::uint64_t position, std::string_view bytes) {
      const auto record = codec::decode_record(bytes, position);
      const std::string subject = record->event.event.subject.text();
      entries_[subject] = {subject, record->event.version, position, merkle::leaf_hash(bytes)};
      leaves_[subject].push_back({position, merkle::leaf_hash(bytes)});
      return Result<void>();
    }));
    LedgerSealed sealed;
    sealed.size = static_cast<std::int64_t>(size);
    sealed.directory_root = root();
    for (projection::DigestedRows& rows : state_.projections()) {
      sealed.projections.push_back({std::string(rows.projection().name), rows.projection().version,
                                    to_hex(rows.digest().view())});
    }
    sealed.access_root = to_hex(merkle::empty_root().view());
    return sealed;
  }

  const DirectoryEntry& any_entry(test::Chance& chance) const {
    auto entry = entries_.begin();
    std::advance(entry, chance.below(entries_.size()));
    return entry->second;
  }
  // The leaf of an earlier event of the stream; the same where there is none.
  std::pair<std::uint64_t, Hash> earlier_leaf(const DirectoryEntry& entry) const {
    const auto& leaves = leaves_.at(entry.subject);
    return leaves.size() < 2 ? leaves.back() : leaves[leaves.size() - 2];
  }
  // The directory with this entry in place of the true one.
  std::string root_with(const DirectoryEntry& lie) {
    const DirectoryEntry truth = entries_.at(lie.subject);
    EXPECT_TRUE(state_.directory().put(lie));
    const std::string text = root();
    EXPECT_TRUE(state_.directory().put(truth));
    return text;
  }
  // The directory without the stream.
  std::string root_without(const std::string& subject) const {
    projection::Directory directory;
    for (const auto& [name, entry] : entries_) {
      if (name != subject) {
        EXPECT_TRUE(directory.put(entry));
      }
    }
    return to_hex(directory.root().view());
  }

 private:
  std::string root() { return to_hex(state_.directory().root().view()); }

  const store::EventLog& log_;
  projection::SealState state_;
  std::map<std::string, DirectoryEntry> entries_;
  std::map<std::string, std::vector<std::pair<std::uint64_t, Hash>>> leaves_;
};

// Turns a true seal into one that is not; gives what is wrong with it, as the finding's place ends.
using Liar = std::string (*)(LedgerSealed& sealed, Notary& notary, test::Chance& chance);

std::string lie_about_root(LedgerSealed& sealed, Notary&, test::Chance& chance) {
  sealed.directory_root = other_digest(chance);
  return "directory";
}
std::string lie_about_one_bit(LedgerSealed& sealed, Notary&, test::Chance& chance) {
  char& digit = sealed.directory_root[chance.below(64)];
  digit = digit == '0' ? '1' : '0';
  return "directory";
}
std::string leave_stream_out(LedgerSealed& sealed, Notary& notary, test::Chance& chance) {
  sealed.directory_root = notary.root_without(notary.any_entry(chance).subject);
  return "directory";
}
std::string shorten_stream(LedgerSealed& sealed, Notary& notary, test::Chance& chance) {
  DirectoryEntry entry = notary.any_entry(chance);
  const auto [position, leaf] = notary.earlier_leaf(entry);
  entry.version -= 1;
  entry.last_position = position;
  entry.last_leaf_hash = leaf;
  sealed.directory_root = notary.root_with(entry);
  return "directory";
}
std::string lengthen_stream(LedgerSealed& sealed, Notary& notary, test::Chance& chance) {
  DirectoryEntry entry = notary.any_entry(chance);
  entry.version += 1 + chance.below(3);
  sealed.directory_root = notary.root_with(entry);
  return "directory";
}
std::string move_stream(LedgerSealed& sealed, Notary& notary, test::Chance& chance) {
  DirectoryEntry entry = notary.any_entry(chance);
  entry.last_position += 1 + chance.below(3);
  sealed.directory_root = notary.root_with(entry);
  return "directory";
}
std::string change_leaf(LedgerSealed& sealed, Notary& notary, test::Chance& chance) {
  DirectoryEntry entry = notary.any_entry(chance);
  entry.last_leaf_hash.bytes[chance.below(hash_bytes)] ^= 1;
  sealed.directory_root = notary.root_with(entry);
  return "directory";
}
std::string lie_about_digest(LedgerSealed& sealed, Notary&, test::Chance& chance) {
  auto& claim = sealed.projections[chance.below(sealed.projections.size())];
  claim.digest = other_digest(chance);
  return "projection " + claim.name;
}
// A projection's rows depend on no more than a few of the others'; digests of two empty ones are
// the same, which is no lie.
std::string swap_digests(LedgerSealed& sealed, Notary& notary, test::Chance& chance) {
  auto& claim = sealed.projections[chance.below(sealed.projections.size())];
  for (const auto& other : sealed.projections) {
    if (other.digest == claim.digest) continue;
    claim.digest = other.digest;
    return "projection " + claim.name;
  }
  return lie_about_digest(sealed, notary, chance);
}
std::string claim_twice(LedgerSealed& sealed, Notary&, test::Chance& chance) {
  auto claim = sealed.projections[chance.below(sealed.projections.size())];
  claim.digest = other_digest(chance);
  sealed.projections.push_back(claim);
  return "projection " + claim.name;
}
std::string claim_more(LedgerSealed& sealed, Notary&, test::Chance& chance) {
  sealed.size += 1 + static_cast<std::int64_t>(chance.below(100));
  return "size";
}
std::string claim_less(LedgerSealed& sealed, Notary&, test::Chance& chance) {
  sealed.size -= 1 + static_cast<std::int64_t>(chance.below(20));
  return "directory";
}
std::string lie_about_access(LedgerSealed& sealed, Notary&, test::Chance& chance) {
  sealed.access_root = other_digest(chance);
  return "access log";
}

constexpr auto liars =
    std::to_array<Liar>({lie_about_root, lie_about_one_bit, leave_stream_out, shorten_stream,
                         lengthen_stream, move_stream, change_leaf, lie_about_digest, swap_digests,
                         claim_twice, claim_more, claim_less, lie_about_access});

class SealLies : public FullLedger {
 protected:
  void SetUp() override {
    create();
    scribe_.emplace(open());
    const char* seed = std::getenv("LIGGARE_SEED");
    seed_ = seed == nullptr ? 1 : std::strtoull(seed, nullptr, 10);
    fmt::print("LIGGARE_SEED={}\n", seed_);
  }
  Scribe& scribe() { return *scribe_; }
  VerifyReport full_report() {
    scribe_.reset();
    auto options = in_full();
    options.findings_kept_max = 3 * lies_wanted;
    return report(options);
  }

  std::uint64_t seed_ = 0;

 private:
  std::optional<Scribe> scribe_;
};

// Where each finding stands: "seal at position 7: directory".
std::set<std::string> places_of(const VerifyReport& report) {
  std::set<std::string> places;
  for (const Finding& finding : report.findings) {
    EXPECT_EQ(finding.code, "seal-differs") << finding.place;
    places.insert(finding.place);
  }
  return places;
}

TEST_F(SealLies, AreAllFoundAndNoTrueSealIs) {
  test::Chance chance(seed_);
  const auto events = test::random_history(seed_).ledger.events();
  Notary notary(scribe().log());
  std::map<std::uint64_t, std::string> lies;  // By position: what is wrong.
  std::size_t truths = 0;
  std::size_t next_event = 0;
  const auto go_on = [&] {
    if (next_event == events.size()) return;
    scribe().add(events[next_event]->event, events[next_event]->recorded);
    ++next_event;
  };
  for (int i = 0; i < 25; ++i) go_on();
  while (lies.size() < lies_wanted) {
    if (chance.percent(5)) go_on();
    LedgerSealed sealed = notary.truth();
    if (chance.percent(15)) {
      scribe().add_own(sealed);
      ++truths;
      continue;
    }
    const std::string wrong = liars[lies.size() % liars.size()](sealed, notary, chance);
    lies.emplace(scribe().add_own(sealed), wrong);
  }
  const auto places = places_of(full_report());
  std::size_t found = 0;
  for (const auto& [position, wrong] : lies) {
    const auto place = fmt::format("seal at position {}: {}", position, wrong);
    EXPECT_TRUE(places.contains(place)) << place;
    if (places.contains(place)) ++found;
  }
  std::set<std::uint64_t> accused;
  for (const std::string& place : places) {
    accused.insert(
        std::strtoull(place.c_str() + std::string("seal at position ").size(), nullptr, 10));
  }
  EXPECT_EQ(accused.size(), lies.size()) << "a true seal was accused";
  fmt::print("{} of {} lies found, {} true seals, {} events\n", found, lies.size(), truths,
             lies.size() + truths + next_event);
}

class Seals : public FullLedger {};

TEST_F(Seals, ThatAreTrueHold) {
  Notary notary(scribe().log());
  scribe().add_own(notary.truth());
  scribe().add_own(notary.truth());
  const auto report = full_report();
  EXPECT_THAT(report.findings, IsEmpty());
  EXPECT_THAT(report.checked, Contains(Remark{Statement::seals, {"2"}}));
}

TEST_F(Seals, OfLessThanTheLastHoldWhereTheyAreTrue) {
  Notary notary(scribe().log());
  const LedgerSealed early = notary.truth();
  scribe().add_own(notary.truth());
  scribe().add_own(early);
  EXPECT_THAT(full_report().findings, IsEmpty());
}

TEST_F(Seals, OfNoEventsHoldWhereTheyAreTrue) {
  projection::Directory directory;
  LedgerSealed sealed;
  sealed.directory_root = to_hex(directory.root().view());
  sealed.access_root = to_hex(merkle::empty_root().view());
  scribe().add_own(sealed);
  EXPECT_THAT(full_report().findings, IsEmpty());
}

TEST_F(Seals, OfAnotherVersionAreNotChecked) {
  Notary notary(scribe().log());
  LedgerSealed sealed = notary.truth();
  sealed.projections.front().version += 1;
  sealed.projections.front().digest = std::string(64, '0');
  scribe().add_own(sealed);
  const auto report = full_report();
  EXPECT_THAT(report.findings, IsEmpty());
  EXPECT_THAT(report.not_checked,
              Contains(Remark{Statement::seal_of_projection,
                              {sealed.projections.front().name,
                               std::to_string(sealed.projections.front().version)}}));
}

TEST_F(Seals, ThatLeaveAProjectionOutAreToldOf) {
  Notary notary(scribe().log());
  LedgerSealed sealed = notary.truth();
  sealed.projections.pop_back();
  scribe().add_own(sealed);
  const auto report = full_report();
  EXPECT_THAT(report.findings, IsEmpty());
  EXPECT_THAT(report.not_checked, Contains(Says(Statement::seal_without_projection)));
}

TEST_F(Seals, OfAnAccessLogThatIsNotThereAreToldOf) {
  Notary notary(scribe().log());
  LedgerSealed sealed = notary.truth();
  sealed.access_size = 5;
  sealed.access_root = std::string(64, '0');
  const std::uint64_t position = scribe().add_own(sealed);
  const auto report = full_report();
  ASSERT_EQ(report.findings.size(), 1U);
  EXPECT_EQ(report.findings[0].code, "access-log-missing");
  EXPECT_EQ(report.findings[0].place, fmt::format("seal at position {}: access log", position));
}

TEST_F(Seals, FromBeforeARestoringSayNothingOfTheAccessLog) {
  Notary notary(scribe().log());
  LedgerSealed sealed = notary.truth();
  sealed.access_size = 5;
  sealed.access_root = std::string(64, '0');
  scribe().add_own(sealed);
  const merkle::TreeHead head = scribe().log().head();
  const std::uint64_t position = scribe().add_own(domain::LedgerRestored{
      static_cast<std::int64_t>(head.tree_size), to_hex(head.root_hash.view()), false});
  auto report = full_report();
  EXPECT_THAT(report.findings, IsEmpty());
  EXPECT_THAT(report.not_checked,
              Contains(Remark{Statement::access_log_left_behind, {std::to_string(position)}}));
}

}  // namespace
}  // namespace liggare::inspect
