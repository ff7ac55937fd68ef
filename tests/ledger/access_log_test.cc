// The access log: years, their chain, seals over them, and what may be dropped.
#include "ledger/access_log.h"

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "inspect/verify.h"
#include "ledger/access_report.h"
#include "ledger/access_years.h"
#include "ledger/known_projections.h"
#include "ledger/seal.h"
#include "tests/ledger/reading_fixture.h"

namespace liggare::ledger {
namespace {

class AccessLogTest : public ReadingTest {
 protected:
  void SetUp() override {
    ReadingTest::SetUp();
    open();
    accept(event("staff-D1", "staff.registered", "staff/D1", R"("unit":"U1")"));
    accept(event("role-D1", "role.granted", "staff/D1", R"("role":"dpo")"));
    close();
  }
  void read() { EXPECT_EQ(seen(by("S1"), "n1"), R"({"health":{"text":"kanariefågel"}})"); }
  void read_on(const char* instant) {
    clock_.set(parse_rfc3339(instant)->instant);
    read();
  }
  void seal() {
    open();
    Bookkeeper bookkeeper;
    const auto sealed = bookkeeper.seal(*ledger_, "system/test");
    ASSERT_TRUE(sealed && *sealed);
    close();
  }
  // Why the year is kept; "dropped" otherwise.
  std::string dropped(int year, const std::string& who = "staff/D1") {
    const auto reason = drop_access_year(*reader(), year, who);
    if (!reason) return name_of(reason.error().code);
    return reason->value_or("dropped");
  }
  std::vector<inspect::Finding> full_findings() { return verified().findings; }
  inspect::VerifyReport verified() {
    inspect::VerifyOptions options;
    options.ledger = folders_.ledger;
    options.threads = 1;
    options.is_full = true;
    options.projections = known_projections();
    auto report = inspect::verify(options);
    EXPECT_TRUE(report) << report.error().message;
    return report ? *std::move(report) : inspect::VerifyReport();
  }
  // The codes of what a full verification finds.
  std::vector<std::string> codes() {
    std::vector<std::string> codes;
    for (const inspect::Finding& finding : full_findings()) codes.push_back(finding.code);
    return codes;
  }
  // What `access verify` finds, each by its year and what was found there.
  std::vector<std::string> access_findings() {
    std::vector<std::string> texts;
    const auto verification = verify_access_log(*reader());
    EXPECT_TRUE(verification) << verification.error().message;
    for (const AccessFinding& finding : verification->findings) {
      texts.push_back(std::to_string(finding.year) + " " + finding.place + ": " + finding.found);
    }
    return texts;
  }
  std::filesystem::path year(int number) { return access_folder(folders_.ledger, number); }

  // A record as bytes, whoever wrote them.
  void forge(int number, const std::string& bytes) {
    auto log = store::EventLog::open({year(number), store::Access::write, nullptr});
    ASSERT_TRUE(log);
    const store::NewRecord record{"forged", "staff/S9", 1, bytes};
    ASSERT_TRUE((*log)->append({&record, 1}));
  }
};

TEST_F(AccessLogTest, BeginsAtTheFirstNeed) {
  EXPECT_EQ(access_head(folders_.ledger)->head, merkle::TreeHead{});
  EXPECT_FALSE(std::filesystem::exists(access_folder(folders_.ledger)));
  read();
  EXPECT_EQ(access_head(folders_.ledger)->year, 2026);
  EXPECT_EQ(access_head(folders_.ledger)->head.tree_size, 1U);
}

TEST_F(AccessLogTest, CarriesTheLastRootOverToTheNextYear) {
  read();
  read();
  const auto last = access_head(folders_.ledger)->head;
  read_on("2027-01-02T08:00:00Z");
  EXPECT_EQ(access_head(folders_.ledger)->year, 2027);
  const auto found = records();
  ASSERT_EQ(found.size(), 4U);
  EXPECT_EQ(found[2].action, access::Action::carry_on);
  EXPECT_EQ(found[2].before, (access::YearBefore{2026, last.tree_size, last.root_hash}));
  EXPECT_FALSE(found[3].before);
  const auto log = store::EventLog::open({year(2027), store::Access::read_only, nullptr});
  EXPECT_EQ((*log)->identity().origin, "example.org/test/access/2027");
}

TEST_F(AccessLogTest, TakesTheLedgersDayForTheYear) {
  read_on("2026-12-31T21:59:59Z");
  EXPECT_EQ(access_head(folders_.ledger)->year, 2026);
  read_on("2026-12-31T22:00:00Z");
  EXPECT_EQ(access_head(folders_.ledger)->year, 2027);
}

TEST_F(AccessLogTest, NeverGoesBackInTime) {
  read_on("2027-01-02T08:00:00Z");
  read_on("2026-06-01T08:00:00Z");
  const auto found = records();
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[1].recorded, found[0].recorded);
}

TEST_F(AccessLogTest, KeepsTheGlassBrokenOverTheNewYear) {
  clock_.set(parse_rfc3339("2026-12-31T21:50:00Z")->instant);
  EXPECT_NE(seen(breaking_glass("S2", "akut"), "n1"), "denied");
  read_on("2026-12-31T22:10:00Z");
  EXPECT_NE(seen(breaking_glass("S2", ""), "n1"), "denied");
}

TEST_F(AccessLogTest, IsReadBesideAWriter) {
  read();
  const auto ledger = reader();
  const auto writing = Reading::open(*ledger);
  ASSERT_TRUE((*writing)->entry(by("S1"), **ledger->position_of("n1")));
  EXPECT_EQ(records().size(), 2U);
}

TEST_F(AccessLogTest, BelongsToOneWriterAtATime) {
  read();
  const auto ledger = reader();
  const auto writing = AccessLog::open_for_writing(folders_.ledger, ledger->origin(), clock_);
  ASSERT_TRUE(writing);
  ASSERT_TRUE((*writing)->next_time());
  const auto other = [&] {
    const auto log = store::EventLog::open({year(2026), store::Access::write, nullptr});
    return log ? "free" : std::string(name_of(log.error().code));
  };
  EXPECT_EQ(other(), "busy");
  access::Record record = records().front();
  record.id.clear();
  record.recorded = {};
  ASSERT_TRUE((*writing)->record({&record, 1}));
  EXPECT_EQ(other(), "free");
}

TEST_F(AccessLogTest, IsHeldByNobodyWhoHasOnlyOpenedIt) {
  const auto ledger = reader();
  const auto first = Reading::open(*ledger);
  const auto second = Reading::open(*ledger);
  ASSERT_TRUE(first && second);
  const std::uint64_t position = **ledger->position_of("n1");
  EXPECT_TRUE((*first)->entry(by("S1"), position));
  EXPECT_TRUE((*second)->entry(by("S1"), position));
  EXPECT_TRUE((*first)->entry(by("S1"), position));
  EXPECT_EQ(records().size(), 3U);
  EXPECT_TRUE(access_findings().empty());
}

TEST_F(AccessLogTest, SeesTheGlassThatAnotherBroke) {
  const auto ledger = reader();
  const auto first = Reading::open(*ledger);
  const auto second = Reading::open(*ledger);
  const std::uint64_t position = **ledger->position_of("n1");
  // There was no access log yet when the second was opened.
  ASSERT_TRUE((*first)->entry(breaking_glass("S2", "akut"), position));
  ASSERT_TRUE((*second)->entry(breaking_glass("S2", ""), position));
  EXPECT_EQ(records().back().break_glass, records().front().id);
}

TEST_F(AccessLogTest, IsCoveredBySeals) {
  seal();
  read();
  seal();
  EXPECT_TRUE(full_findings().empty());
  const auto sealed = newest_seal(*reader(), reader()->head().tree_size);
  EXPECT_EQ((*sealed)->data.access_size, 1);
  const auto size = reader()->head().tree_size;
  seal();
  EXPECT_EQ(reader()->head().tree_size, size);  // Nothing had come.
  read();
  seal();
  EXPECT_EQ(reader()->head().tree_size, size + 1);
  EXPECT_TRUE(full_findings().empty());
}

TEST_F(AccessLogTest, OfAnotherHistoryIsNotWhatWasSealed) {
  read();
  seal();
  std::filesystem::remove_all(year(2026));
  read();
  const auto findings = full_findings();
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].code, "seal-differs");
}

TEST_F(AccessLogTest, CutShortIsNotWhatWasSealed) {
  read();
  std::filesystem::copy(year(2026), folder_.path() / "before",
                        std::filesystem::copy_options::recursive);
  read();
  seal();
  std::filesystem::remove_all(year(2026));
  std::filesystem::rename(folder_.path() / "before", year(2026));
  ASSERT_EQ(full_findings().size(), 1U);
  EXPECT_EQ(full_findings()[0].code, "seal-differs");
}

TEST_F(AccessLogTest, ThatIsCutShortOrGoneIsNotSealedAgain) {
  read();
  seal();
  std::filesystem::remove_all(access_folder(folders_.ledger));
  open();
  const auto sealed = Bookkeeper().seal(*ledger_, "system/test", {});
  ASSERT_FALSE(sealed);
  EXPECT_EQ(sealed.error().code, ErrorCode::diverged);
}

TEST_F(AccessLogTest, ThatIsGoneIsAFinding) {
  read();
  seal();
  std::filesystem::remove_all(access_folder(folders_.ledger));
  EXPECT_EQ(codes(), std::vector<std::string>{"access-log-missing"});
  ASSERT_EQ(access_findings().size(), 1U);
  EXPECT_TRUE(access_findings()[0].starts_with("2026 seal at position "));
}

TEST_F(AccessLogTest, MissesItsNewestYear) {
  read();
  seal();
  read_on("2027-01-02T08:00:00Z");
  seal();
  std::filesystem::remove_all(year(2027));
  EXPECT_EQ(codes(), std::vector<std::string>{"access-log-missing"});
  ASSERT_EQ(access_findings().size(), 1U);
  EXPECT_TRUE(access_findings()[0].starts_with("2027 seal at position "));
}

TEST_F(AccessLogTest, MissesAYearThatNobodyHasDropped) {
  read();
  read_on("2027-01-02T08:00:00Z");
  std::filesystem::remove_all(year(2026));
  // Without any seal of it: 2027 says that it was there.
  EXPECT_EQ(codes(), std::vector<std::string>{"access-log-missing"});
  EXPECT_EQ(access_findings(),
            std::vector<std::string>{"2026 log: no such year, and no record that it was dropped"});
  // Nor can it be hidden by dropping the year that tells of it.
  read_on("2028-01-03T08:00:00Z");
  seal();
  EXPECT_EQ(dropped(2027),
            "2026 is missing, and nothing records that it was dropped: run liggare access verify");
}

TEST_F(AccessLogTest, MissesAYearThatWasSealedAndNobodyHasDropped) {
  read();
  seal();
  read_on("2027-01-02T08:00:00Z");
  std::filesystem::remove_all(year(2026));
  EXPECT_EQ(codes(), (std::vector<std::string>{"access-log-missing", "access-log-missing"}));
  EXPECT_EQ(access_findings().size(), 2U);
}

TEST_F(AccessLogTest, MissesAYearInBetween) {
  read();
  read_on("2027-01-02T08:00:00Z");
  read_on("2028-01-03T08:00:00Z");
  seal();
  std::filesystem::remove_all(year(2027));
  EXPECT_EQ(codes(), std::vector<std::string>{"access-log-missing"});
  EXPECT_FALSE(access_findings().empty());
}

TEST_F(AccessLogTest, DropsAYearOnceALaterTreeIsSealed) {
  read();
  seal();
  EXPECT_EQ(dropped(2025), "not-found");
  EXPECT_TRUE(dropped(2026).starts_with("2026 is the year that is written to"));
  read_on("2027-01-02T08:00:00Z");
  EXPECT_TRUE(dropped(2027).starts_with("2026 is older"));
  EXPECT_EQ(dropped(2026),
            "no seal covers the access log of a year after 2026: run liggare seal first");
  seal();
  const auto log = store::EventLog::open({year(2026), store::Access::read_only, nullptr});
  const access::YearBefore last{2026, (*log)->head().tree_size, (*log)->head().root_hash};
  EXPECT_EQ(dropped(2026), "dropped");
  EXPECT_FALSE(std::filesystem::exists(year(2026)));
  const auto report = verified();
  EXPECT_TRUE(report.findings.empty());
  EXPECT_EQ(std::count(report.not_checked.begin(), report.not_checked.end(),
                       inspect::Remark{inspect::Statement::access_log_dropped,
                                       {"2026", "staff/D1", "2027-01-02"}}),
            1);
  ASSERT_EQ(records().size(), 3U);
  const access::Record record = records().back();
  EXPECT_EQ(record.action, access::Action::drop_year);
  EXPECT_EQ(record.outcome, access::Outcome::allowed);
  EXPECT_EQ(record.who, "staff/D1");
  EXPECT_EQ(record.role, access::Role::dpo);
  EXPECT_EQ(record.before, last);
  EXPECT_EQ(access_findings(), std::vector<std::string>());
  ASSERT_EQ(verify_access_log(*reader())->dropped.size(), 1U);
  EXPECT_EQ(verify_access_log(*reader())->dropped[0].end, last);
}

TEST_F(AccessLogTest, DropsYearAfterYear) {
  read();
  seal();
  read_on("2027-01-02T08:00:00Z");
  seal();
  EXPECT_EQ(dropped(2026), "dropped");
  seal();
  read_on("2028-01-03T08:00:00Z");
  seal();
  EXPECT_EQ(dropped(2027), "dropped");
  EXPECT_EQ(codes(), std::vector<std::string>());
  EXPECT_EQ(access_findings(), std::vector<std::string>());
}

TEST_F(AccessLogTest, IsDroppedByTheDataProtectionOfficerAlone) {
  read();
  read_on("2027-01-02T08:00:00Z");
  seal();
  EXPECT_EQ(dropped(2026, "staff/S3"), "denied");
  EXPECT_TRUE(std::filesystem::exists(year(2026)));
  EXPECT_EQ(records().back().action, access::Action::drop_year);
  EXPECT_EQ(records().back().outcome, access::Outcome::denied);
  EXPECT_EQ(records().back().code, "role-not-allowed");
  // A refused attempt says nothing of a year that is gone afterwards.
  std::filesystem::remove_all(year(2026));
  EXPECT_EQ(codes(), std::vector<std::string>{"access-log-missing"});
  EXPECT_EQ(access_findings().size(), 1U);
}

TEST_F(AccessLogTest, OfAnotherYearThanWasDroppedIsMissed) {
  read();
  read_on("2027-01-02T08:00:00Z");
  seal();
  EXPECT_EQ(dropped(2026), "dropped");
  seal();
  read_on("2028-01-03T08:00:00Z");
  seal();
  std::filesystem::remove_all(year(2027));
  EXPECT_FALSE(codes().empty());
  EXPECT_FALSE(access_findings().empty());
}

TEST_F(AccessLogTest, LeftBehindByARestoringIsSaidToBe) {
  read();
  seal();
  std::filesystem::remove_all(access_folder(folders_.ledger));
  open();
  const merkle::TreeHead head = ledger_->head();
  const auto restored = ledger_->append_own({"restored-1", domain::EventType::ledger_restored,
                                             domain::ledger_stream, ledger_->today(), "system/test",
                                             Json::object()
                                                 .add("size", head.tree_size)
                                                 .add("root", to_hex(head.root_hash.view()))
                                                 .add("anchored", false)});
  ASSERT_TRUE(restored && *restored);
  close();
  EXPECT_EQ(codes(), std::vector<std::string>());
  EXPECT_EQ(access_findings(), std::vector<std::string>());
  EXPECT_EQ(verify_access_log(*reader())->left_behind_at, head.tree_size);
}

TEST_F(AccessLogTest, KeepsAYearWhoseRootTheNextDoesNotHold) {
  read();
  read_on("2027-01-02T08:00:00Z");
  seal();
  forge(2026, "a record too late");
  EXPECT_TRUE(dropped(2026).starts_with("2027 does not begin with the last root of 2026"));
  EXPECT_TRUE(std::filesystem::exists(year(2026)));
  const auto findings = verify_access_log(*reader())->findings;
  ASSERT_EQ(findings.size(), 2U);  // Unreadable, and not carried over.
  EXPECT_EQ(findings.back().place, "record 0");
}

TEST_F(AccessLogTest, VerifiesWhatIsThere) {
  read();
  read_on("2027-01-02T08:00:00Z");
  const auto verification = verify_access_log(*reader());
  ASSERT_TRUE(verification) << verification.error().message;
  EXPECT_TRUE(verification->findings.empty());
  EXPECT_EQ(verification->years.size(), 2U);
  EXPECT_EQ(verification->years.back().head.tree_size, 2U);
}

TEST_F(AccessLogTest, AnswersTheReport) {
  read();
  EXPECT_EQ(seen(by("S3"), "n1"), "denied");
  read_on("2027-01-02T08:00:00Z");
  const auto rows = [&](const AccessQuestion& question) {
    const auto answer = access_report(*reader(), question);
    EXPECT_TRUE(answer) << answer.error().message;
    return answer->rows.as_array()->size();
  };
  EXPECT_EQ(rows({}), 4U);
  EXPECT_EQ(rows({.participant = "P1"}), 3U);
  EXPECT_EQ(rows({.participant = "P2"}), 0U);
  EXPECT_EQ(rows({.staff = "S3"}), 1U);
  EXPECT_EQ(rows({.participant = "P1", .from = Day::from_date(2027, 1, 2)}), 1U);
  EXPECT_EQ(rows({.to = Day::from_date(2026, 11, 22)}), 2U);
  EXPECT_EQ(access_report(*reader(), {.participant = "P9"}).error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace liggare::ledger
