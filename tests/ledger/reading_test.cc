// Reading personal data: decided, recorded, and only then done.
#include "ledger/reading.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <iterator>
#include <thread>

#include "tests/ledger/reading_fixture.h"
#include "tests/support/full_disk.h"

namespace liggare::ledger {
namespace {

constexpr const char* sealed_note = R"({"health":{"sealed":true}})";
constexpr const char* open_note = R"({"health":{"text":"kanariefågel"}})";

std::string bytes_under(const std::filesystem::path& folder) {
  std::string bytes;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    bytes.append(std::istreambuf_iterator<char>(file), {});
  }
  return bytes;
}

TEST_F(ReadingTest, ShowsWhatMayBeReadAndRecordsItOnce) {
  EXPECT_EQ(seen(by("S1"), "n1"), open_note);
  const auto found = records();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].outcome, access::Outcome::allowed);
  EXPECT_EQ(found[0].who, "staff/S1");
  EXPECT_EQ(found[0].subject, "participant/P1");
  EXPECT_EQ(found[0].relation, access::Relation::assigned);
  EXPECT_EQ(found[0].classes, std::vector{PersonalClass::health});
  EXPECT_EQ(found[0].events, std::vector{**reader()->position_of("n1")});
  EXPECT_EQ(found[0].ledger_size, reader()->head().tree_size);
}

TEST_F(ReadingTest, RecordsAHistoryOnceWithEveryEvent) {
  const auto ledger = reader();
  auto reading = Reading::open(*ledger);
  ASSERT_TRUE(reading);
  const auto rows = (*reading)->history(by("S1"), {domain::StreamKind::participant, "P1"},
                                        ledger->head().tree_size);
  ASSERT_TRUE(rows) << rows.error().message;
  EXPECT_NE(rows->text().find("Ada Testperson"), std::string::npos);
  EXPECT_NE(rows->text().find(canary), std::string::npos);
  reading->reset();
  ASSERT_EQ(records().size(), 1U);
  EXPECT_EQ(records()[0].events.size(), 2U);
  EXPECT_EQ(records()[0].classes, (std::vector{PersonalClass::identity, PersonalClass::health}));
}

TEST_F(ReadingTest, LeavesClosedWhatMayNotBeRead) {
  EXPECT_EQ(seen(by("S2"), "n1"), sealed_note);
  EXPECT_EQ(seen(by("S2"), "reg-P1"),
            R"({"identity":{"name":"Ada Testperson"},"health":{"sealed":true}})");
  ASSERT_EQ(records().size(), 2U);
  EXPECT_TRUE(records()[0].classes.empty());
  EXPECT_EQ(records()[0].refused_classes, std::vector{PersonalClass::health});
}

TEST_F(ReadingTest, ShowsOneEventAndNotItsNeighbours) {
  const auto ledger = reader();
  auto reading = Reading::open(*ledger);
  ASSERT_TRUE(reading);
  const domain::Subject person{domain::StreamKind::participant, "P1"};
  const auto events = *ledger->stream(person, ledger->head().tree_size);
  const auto grant = (*reading)->ask(by("S1"), person, {&events.back(), 1});
  ASSERT_TRUE(grant) << grant.error().message;
  EXPECT_EQ((*reading)->event_json(*grant, *events.front())->text().find("Ada"), std::string::npos);
  EXPECT_NE((*reading)->event_json(*grant, *events.back())->text().find(canary), std::string::npos);
}

TEST_F(ReadingTest, DeniesAndRecordsThat) {
  EXPECT_EQ(seen(by("S3"), "n1"), "denied");
  EXPECT_EQ(seen(by("S1", access::Purpose::audit), "n1"), "denied");
  Reader named = by("S2");
  named.classes = {PersonalClass::identity, PersonalClass::health};
  EXPECT_EQ(seen(named, "n1"), "denied");
  EXPECT_EQ(seen(by("S99"), "n1"), "denied");
  std::vector<std::string> codes;
  for (const access::Record& record : records()) {
    EXPECT_EQ(record.outcome, access::Outcome::denied);
    EXPECT_TRUE(record.classes.empty());
    codes.push_back(record.code);
  }
  EXPECT_EQ(codes, (std::vector<std::string>{"no-role", "purpose-not-allowed", "class-not-allowed",
                                             "no-role"}));
}

TEST_F(ReadingTest, TellsTheUnlistedNothingOfAProtectedPerson) {
  const auto ledger = reader();
  const auto asked = [&](const std::string& person, const Reader& who) {
    const auto reading = Reading::open(*ledger);
    const auto rows = (*reading)->history(who, {domain::StreamKind::participant, person}, 14);
    return rows ? Error{ErrorCode::io, rows->text()} : rows.error();
  };
  for (const Reader& who : {by("S2"), by("S3"), breaking_glass("S2", "akut")}) {
    const Error hidden = asked("P2", who);
    EXPECT_EQ(hidden.code, ErrorCode::not_found);
    EXPECT_EQ(hidden.message, "participant/P2 is unknown at size 14");
    EXPECT_EQ(asked("P9", who).message, "participant/P9 is unknown at size 14");
  }
  const auto grant =
      (*Reading::open(*ledger))->ask(by("S2"), {domain::StreamKind::participant, "P2"}, {});
  EXPECT_EQ(grant.error().message, "participant/P2 is unknown at size 14");
  EXPECT_EQ(seen(breaking_glass("S1", "akut"), "n2"), open_note);
  EXPECT_EQ(records()[0].code, "protected");
}

TEST_F(ReadingTest, TakesNoBlankForAReason) {
  EXPECT_EQ(seen(breaking_glass("S2", " \u200b . "), "n1"), "denied");
}

TEST_F(ReadingTest, BreaksTheGlassForAnHour) {
  EXPECT_EQ(seen(breaking_glass("S2", ""), "n1"), "denied");
  EXPECT_EQ(seen(breaking_glass("S2", "akut"), "n1"), open_note);
  pass(59);
  EXPECT_EQ(seen(breaking_glass("S2", ""), "n1"), open_note);
  EXPECT_EQ(seen(breaking_glass("S1", ""), "n1"), "denied");  // Not S1's glass.
  pass(1);
  EXPECT_EQ(seen(breaking_glass("S2", ""), "n1"), "denied");
  EXPECT_EQ(seen(breaking_glass("S2", "akut igen"), "n1"), open_note);
  const auto found = records();
  ASSERT_EQ(found.size(), 8U);
  EXPECT_EQ(found[1].action, access::Action::break_glass);
  EXPECT_TRUE(found[1].reason);
  EXPECT_EQ(found[2].break_glass, found[1].id);
  EXPECT_EQ(found[3].break_glass, found[1].id);
  EXPECT_EQ(found[5].code, "break-glass-expired");
  EXPECT_EQ(found[7].break_glass, found[6].id);
}

// Each look at it is a day later.
class HurriedClock final : public Clock {
 public:
  Instant now() const override { return Instant{microseconds_ += day_microseconds}; }

 private:
  static constexpr std::int64_t day_microseconds = 86'400'000'000;
  mutable std::int64_t microseconds_ = 20'000 * day_microseconds;
};

TEST_F(ReadingTest, SealsTheReasonForTheDayOfItsRecord) {
  const HurriedClock clock;
  auto ledger = Ledger::open({folders_, Mode::read, &clock});
  ASSERT_TRUE(ledger);
  const auto reading = Reading::open(**ledger);
  Reader reader = by("S1");
  reader.reason = "hemlig-orsak";
  ASSERT_TRUE((*reading)->entry(reader, **(*ledger)->position_of("n1")));
  const auto text = (*reading)->reason_text(records().at(0));
  ASSERT_TRUE(text) << text.error().message;
  EXPECT_EQ(text->value(), "hemlig-orsak");
}

TEST_F(ReadingTest, SealsTheReason) {
  Reader reader = by("S1");
  reader.reason = "hemlig-orsak";
  EXPECT_EQ(seen(reader, "n1"), open_note);
  reader.purpose = access::Purpose::audit;
  EXPECT_EQ(seen(reader, "n1"), "denied");
  EXPECT_EQ(bytes_under(access_folder(folders_.ledger)).find("hemlig-orsak"), std::string::npos);
  const auto ledger = this->reader();
  const auto reading = Reading::open(*ledger);
  for (const access::Record& record : records()) {
    EXPECT_EQ((*reading)->reason_text(record)->value(), "hemlig-orsak");
  }
}

TEST_F(ReadingTest, RefusesAReasonThatIsNoTextAndDoesNotRepeatIt) {
  Reader reader = by("S1");
  reader.reason = "hemlig\x01";
  const auto ledger = this->reader();
  const auto reading = Reading::open(*ledger);
  const auto entry = (*reading)->entry(reader, **ledger->position_of("n1"));
  ASSERT_FALSE(entry);
  EXPECT_EQ(entry.error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(entry.error().message.find("hemlig"), std::string::npos);
}

TEST_F(ReadingTest, ShowsNothingWhereThereCanBeNoAccessLog) {
  std::ofstream(access_folder(folders_.ledger)) << "in the way";
  EXPECT_EQ(seen(by("S1"), "n1"), "io");
  EXPECT_EQ(seen(by("S3"), "n1"), "io");
}

TEST_F(ReadingTest, ShowsNothingWhereTheDiskIsFull) {
  EXPECT_EQ(seen(by("S1"), "n1"), open_note);
  const auto ledger = reader();
  const auto reading = Reading::open(*ledger);
  ASSERT_TRUE(reading);
  std::optional<test::FullDisk> full(std::in_place);
  const auto entry = (*reading)->entry(by("S1"), **ledger->position_of("n1"));
  const auto denied = (*reading)->entry(by("S3"), **ledger->position_of("n1"));
  full.reset();
  ASSERT_FALSE(entry || denied);
  EXPECT_EQ(entry.error().code, ErrorCode::io);
  EXPECT_EQ(denied.error().code, ErrorCode::io);
}

TEST_F(ReadingTest, RecordsThatTheVaultCouldNotBeOpened) {
  std::filesystem::remove(folders_.keys / "vault.key");
  EXPECT_EQ(seen(by("S1"), "n1"), "vault-unavailable");
  EXPECT_EQ(seen(by("S3"), "n1"), "denied");
  ASSERT_EQ(records().size(), 2U);
  EXPECT_EQ(records()[0].outcome, access::Outcome::failed);
  EXPECT_EQ(records()[0].code, "vault-unavailable");
  EXPECT_TRUE(records()[0].classes.empty());
}

TEST_F(ReadingTest, LeavesAFencedClassClosed) {
  const auto ledger = reader();
  auto reading = Reading::open(*ledger);
  ASSERT_TRUE(
      (*(*reading)->vault())->begin_erasure({"d1", "participant/P1", {PersonalClass::health}, {}}));
  reading->reset();
  EXPECT_EQ(seen(by("S1"), "n1"), sealed_note);
  EXPECT_EQ(records().back().code, "fenced");
  EXPECT_EQ(records().back().refused_classes, std::vector{PersonalClass::health});
  Reader named = by("S1");
  named.classes = {PersonalClass::health};
  EXPECT_EQ(seen(named, "n1"), "fenced");
  EXPECT_EQ(records().back().outcome, access::Outcome::denied);
  EXPECT_EQ(seen(by("S1"), "reg-P1"),
            R"({"identity":{"name":"Ada Testperson"},"health":{"sealed":true}})");
}

TEST_F(ReadingTest, ReadsFromALedgerThatIsOpenForWriting) {
  open();
  const auto reading = Reading::open(*ledger_);
  ASSERT_TRUE(reading);
  const auto entry = (*reading)->entry(by("S1"), **ledger_->position_of("n1"));
  ASSERT_TRUE(entry) << entry.error().message;
  EXPECT_NE(entry->text().find(canary), std::string::npos);
}

// The importer has vault and ledger open for as long as its input comes.
TEST_F(ReadingTest, ReadsBesideAnImport) {
  const std::filesystem::path pipe = folder_.path() / "events";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  open();
  std::jthread importer([&] { EXPECT_EQ(ledger_->import(pipe.string(), {})->accepted, 3000U); });
  std::ofstream input(pipe);
  for (int i = 0; i < 1500; ++i) input << note(fmt::format("i{}", i), "P1", "x") << "\n";
  input.flush();
  for (int i = 0; i < 5; ++i) EXPECT_EQ(seen(by("S1"), "n1"), open_note);
  EXPECT_EQ(seen(breaking_glass("S2", "akut"), "n1"), open_note);
  for (int i = 1500; i < 3000; ++i) input << note(fmt::format("i{}", i), "P1", "x") << "\n";
  input.close();
  importer.join();
  EXPECT_EQ(seen(by("S1"), "i2999"), R"({"health":{"text":"x"}})");
  EXPECT_EQ(records().size(), 5U + 2U + 1U);  // Breaking the glass is recorded, too.
}

TEST_F(ReadingTest, RecordsNothingOfWhatIsNobodysData) {
  const auto ledger = reader();
  const auto reading = Reading::open(*ledger);
  EXPECT_TRUE((*reading)->entry(by("S1"), 0));
  EXPECT_TRUE(records().empty());
}

}  // namespace
}  // namespace liggare::ledger
