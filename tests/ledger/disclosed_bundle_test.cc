// Section keys are handed out as personal data are read: decided, recorded, and only then written.
#include "ledger/disclosed_bundle.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>

#include "audit/bundle_check.h"
#include "audit/disclosed.h"
#include "ledger/disclosed_keys.h"
#include "ledger/seal.h"
#include "tests/ledger/reading_fixture.h"
#include "tests/support/full_disk.h"

namespace liggare::ledger {
namespace {

namespace fs = std::filesystem;
using enum PersonalClass;

class DisclosedBundles : public ReadingTest {
 protected:
  void SetUp() override {
    ReadingTest::SetUp();
    open();
    accept(note("n3", "P1", "later note"));
    accept(event("goal", "note.recorded", "participant/P1",
                 R"("personal":{"ordinary":{"text":"wants to bake"}})"));
    const auto sealed = bookkeeper_.seal(*ledger_, "system/liggare");
    ASSERT_TRUE(sealed && *sealed);
  }

  fs::path out() const { return folder_.path() / "out"; }

  Result<DisclosedBundle> write(const Reader& reader, const std::string& participant = "P1") {
    return write_disclosed_bundle(*ledger_, *newest_checkpoint(*ledger_),
                                  {{domain::StreamKind::participant, participant}}, reader, out());
  }
  // The code of the error; "written" otherwise.
  std::string word_for(const Reader& reader, const std::string& participant = "P1") {
    const auto written = write(reader, participant);
    return written ? "written" : name_of(written.error().code);
  }
  audit::Outcome outcome() const {
    const audit::Trust trust{{{verifier_keys(*ledger_)->front(), "the test"}}, std::nullopt};
    return audit::check_bundle(out(), trust);
  }
  // "reg-P1 identity", in the order of the file; and of the access log.
  std::vector<std::string> shown() const {
    std::vector<std::string> names;
    const auto sections = audit::parse_disclosed(test::read_bytes(out() / "disclosed.ndjson"));
    EXPECT_TRUE(sections);
    for (const auto& one : *sections) names.push_back(name(one.position, one.personal_class));
    return names;
  }
  std::vector<std::string> recorded() const {
    std::vector<std::string> names;
    const auto keys = disclosed_keys(*ledger_, "P1");
    EXPECT_TRUE(keys);
    for (const DisclosedKey& one : *keys) {
      names.push_back(name(one.position, one.personal_class));
    }
    return names;
  }
  std::string name(std::uint64_t position, PersonalClass personal_class) const {
    for (const char* id : {"reg-P1", "n1", "n3", "goal"}) {
      if (**ledger_->position_of(id) == position) {
        return std::string(id) + " " + std::string(name_of(personal_class));
      }
    }
    return "?";
  }
  // Nothing under that name, and nothing beside it.
  bool is_written() const {
    for (const auto& entry : fs::directory_iterator(folder_.path())) {
      if (entry.path().filename().string().starts_with("out")) return true;
    }
    return false;
  }

  Bookkeeper bookkeeper_;
};

using Names = std::vector<std::string>;

TEST_F(DisclosedBundles, HoldWhatTheirReaderMayReadAndAreVerified) {
  const auto written = write(by("S1"));
  ASSERT_TRUE(written) << written.error().message;
  EXPECT_EQ(written->sections, 5U);
  EXPECT_EQ(shown(),
            (Names{"reg-P1 identity", "reg-P1 health", "n1 health", "n3 health", "goal ordinary"}));
  const audit::Outcome said = outcome();
  EXPECT_FALSE(said.refusal) << said.refusal->place.text();
  EXPECT_EQ(*said.facts.find("sectionsOpened"), Json(std::uint64_t{5}));
  EXPECT_NE(test::read_bytes(out() / "disclosed.ndjson").find(canary), std::string::npos);
  EXPECT_NE(test::read_bytes(out() / "README.txt").find("PERSONAL DATA IN THE CLEAR"),
            std::string::npos);
}

TEST_F(DisclosedBundles, HoldNothingElse) {
  ASSERT_EQ(word_for(by("S2")), "written");
  EXPECT_EQ(shown(), (Names{"reg-P1 identity", "goal ordinary"}));
  EXPECT_EQ(*outcome().facts.find("sectionsSealed"), Json(std::uint64_t{3}));
  for (const auto& entry : fs::recursive_directory_iterator(out())) {
    if (!entry.is_regular_file()) continue;
    EXPECT_EQ(test::read_bytes(entry.path()).find(canary), std::string::npos) << entry.path();
    EXPECT_EQ(test::read_bytes(entry.path()).find("allergi"), std::string::npos) << entry.path();
  }
}

TEST_F(DisclosedBundles, HoldTheClassesThatAreNamed) {
  Reader reader = by("S1");
  reader.classes = {health};
  ASSERT_EQ(word_for(reader), "written");
  EXPECT_EQ(shown(), (Names{"reg-P1 health", "n1 health", "n3 health"}));
}

TEST_F(DisclosedBundles, AreRecordedSectionBySection) {
  Reader reader = by("S1");
  reader.reason = "hemlig-orsak";
  const auto written = write(reader);
  ASSERT_TRUE(written) << written.error().message;
  Names both = recorded();
  std::sort(both.begin(), both.end());
  Names file = shown();
  std::sort(file.begin(), file.end());
  EXPECT_EQ(both, file);
  // A record for each set of classes: identity and health, health, ordinary.
  const auto found = records();
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found.back().id, written->record_id);
  std::set<std::string> ids;
  const auto reading = Reading::open(*ledger_);
  for (const access::Record& record : found) {
    EXPECT_EQ(record.action, access::Action::disclose_keys);
    EXPECT_EQ(record.outcome, access::Outcome::allowed);
    EXPECT_EQ(record.who, "staff/S1");
    EXPECT_EQ(record.recorded, found.front().recorded);
    EXPECT_EQ((*reading)->reason_text(record)->value(), "hemlig-orsak");
    ids.insert(record.id);
  }
  EXPECT_EQ(ids.size(), 3U);
  const auto keys = disclosed_keys(*ledger_, "P1");
  const DisclosedKey& first = keys->front();
  EXPECT_EQ(first.who, "staff/S1");
  EXPECT_EQ(first.purpose, access::Purpose::case_work);
  EXPECT_EQ(first.recorded, found.front().recorded);
  EXPECT_TRUE(disclosed_keys(*ledger_, "P2")->empty());
}

TEST_F(DisclosedBundles, CountNoReadingAsADisclosure) {
  const auto reading = Reading::open(*ledger_);
  ASSERT_TRUE((*reading)->entry(by("S1"), **ledger_->position_of("n1")));
  EXPECT_TRUE(recorded().empty());
}

TEST_F(DisclosedBundles, AreDeniedByTheRulesOfReadingAndThatIsRecorded) {
  EXPECT_EQ(word_for(by("S3")), "denied");
  EXPECT_EQ(word_for(by("S1", access::Purpose::audit)), "denied");
  Reader named = by("S2");
  named.classes = {identity, health};
  EXPECT_EQ(word_for(named), "denied");
  EXPECT_FALSE(is_written());
  ASSERT_EQ(records().size(), 3U);
  for (const access::Record& record : records()) {
    EXPECT_EQ(record.action, access::Action::disclose_keys);
    EXPECT_EQ(record.outcome, access::Outcome::denied);
  }
  EXPECT_TRUE(recorded().empty());
}

TEST_F(DisclosedBundles, TellTheUnlistedNothingOfAProtectedPerson) {
  const auto hidden = write(by("S2"), "P2");
  const auto unknown = write(by("S2"), "P9");
  ASSERT_FALSE(hidden || unknown);
  const std::string size = std::to_string(this->size());
  EXPECT_EQ(hidden.error().message, "participant/P2 is unknown at size " + size);
  EXPECT_EQ(unknown.error().message, "participant/P9 is unknown at size " + size);
  EXPECT_EQ(records().back().code, "protected");
  // Nor by what no seal covers yet.
  accept(registered("P7"));
  accept(event("protect-7", "protection.set", "participant/P7",
               R"("mark":"confidentiality","staff":["S1"])"));
  EXPECT_EQ(write(by("S2"), "P7").error().message,
            "participant/P7 is unknown at size " + std::to_string(this->size()));
  EXPECT_FALSE(is_written());
}

TEST_F(DisclosedBundles, AreNotForLookingThroughBrokenGlassNorOfNobody) {
  EXPECT_EQ(word_for(breaking_glass("S2", "akut")), "invalid-argument");
  EXPECT_EQ(word_for(by("S2", access::Purpose::emergency)), "invalid-argument");
  const auto newest = *newest_checkpoint(*ledger_);
  BundleRequest request{{domain::StreamKind::unit, "U1"}};
  const auto of_unit = write_disclosed_bundle(*ledger_, newest, request, by("S1"), out());
  EXPECT_EQ(of_unit.error().code, ErrorCode::invalid_argument);
  request = {{domain::StreamKind::participant, "P9"}, {}, BundleRequest::Expect::absence};
  const auto absent = write_disclosed_bundle(*ledger_, newest, request, by("S1"), out());
  EXPECT_EQ(absent.error().code, ErrorCode::invalid_argument);
  EXPECT_TRUE(records().empty());
}

TEST_F(DisclosedBundles, LeaveOutWhatIsFencedOrDestroyed) {
  const vault::Erasure erasure{"d1", "participant/P1", {health}, {}};
  ASSERT_TRUE(ledger_->vault()->begin_erasure(erasure));
  ASSERT_EQ(word_for(by("S1")), "written");
  EXPECT_EQ(shown(), (Names{"reg-P1 identity", "goal ordinary"}));
  Reader named = by("S1");
  named.classes = {health};
  fs::remove_all(out());
  EXPECT_EQ(word_for(named), "fenced");
  EXPECT_FALSE(is_written());
  ASSERT_TRUE(ledger_->vault()->destroy(erasure));
  ASSERT_TRUE(ledger_->vault()->finish_erasure("d1"));
  ASSERT_EQ(word_for(by("S1")), "written");
  EXPECT_EQ(shown(), (Names{"reg-P1 identity", "goal ordinary"}));
  EXPECT_EQ(recorded(),
            (Names{"reg-P1 identity", "goal ordinary", "reg-P1 identity", "goal ordinary"}));
}

TEST_F(DisclosedBundles, HoldNoSuchFileWhereNothingIsToDisclose) {
  Reader reader = by("S1");
  reader.classes = {offence};
  ASSERT_EQ(write(reader)->sections, 0U);
  EXPECT_FALSE(fs::exists(out() / "disclosed.ndjson"));
  EXPECT_EQ(outcome().verdict(), audit::Verdict::verified);
  EXPECT_TRUE(recorded().empty());
}

TEST_F(DisclosedBundles, AreForTheirOwnerAlone) {
  ASSERT_EQ(word_for(by("S1")), "written");
  const auto others = fs::perms::group_all | fs::perms::others_all;
  EXPECT_EQ(fs::status(out()).permissions(), fs::perms::owner_all);
  for (const auto& entry : fs::recursive_directory_iterator(out())) {
    EXPECT_EQ(entry.status().permissions() & others, fs::perms::none) << entry.path();
  }
}

TEST_F(DisclosedBundles, AreWrittenToNewFoldersOnlyAndNotRecordedOtherwise) {
  fs::create_directory(out());
  EXPECT_EQ(word_for(by("S1")), "invalid-argument");
  fs::remove(out());
  fs::create_symlink("nowhere", out());
  EXPECT_EQ(word_for(by("S1")), "invalid-argument");
  EXPECT_TRUE(records().empty());
}

TEST_F(DisclosedBundles, AreNotWrittenWhereTheyCannotBeRecorded) {
  const auto newest = *newest_checkpoint(*ledger_);
  // The access log's place is taken.
  std::ofstream(access_folder(folders_.ledger)) << "x";
  const auto written = write_disclosed_bundle(
      *ledger_, newest, {{domain::StreamKind::participant, "P1"}}, by("S1"), out());
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, ErrorCode::io);
  EXPECT_FALSE(is_written());
}

TEST_F(DisclosedBundles, AreTakenAwayWhereTheDiskIsFull) {
  ASSERT_EQ(word_for(by("S1")), "written");
  fs::remove_all(out());
  const auto newest = *newest_checkpoint(*ledger_);
  const auto bundle = make_bundle(*ledger_, newest, {{domain::StreamKind::participant, "P1"}});
  std::optional<test::FullDisk> full(std::in_place, 1000);
  const auto written = write_bundle(bundle->files, out(), Readers::owner);
  full.reset();
  EXPECT_EQ(written.error().code, ErrorCode::io);
  EXPECT_FALSE(is_written());
}

}  // namespace
}  // namespace liggare::ledger
