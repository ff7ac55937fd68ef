// The access log: years, their chain, seals over them, and what may be dropped.
#include "ledger/access_log.h"

#include <gtest/gtest.h>

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
  std::string dropped(int year) {
    const auto reason = drop_access_year(*reader(), year);
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
  const auto other = store::EventLog::open({year(2026), store::Access::write, nullptr});
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, ErrorCode::busy);
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

TEST_F(AccessLogTest, ThatIsElsewhereIsNotChecked) {
  read();
  seal();
  std::filesystem::remove_all(access_folder(folders_.ledger));
  const auto report = verified();
  EXPECT_TRUE(report.findings.empty());
  EXPECT_EQ(std::count(report.not_checked.begin(), report.not_checked.end(),
                       inspect::Remark{inspect::Statement::sealed_access_log}),
            1);
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
  EXPECT_EQ(dropped(2026), "dropped");
  EXPECT_FALSE(std::filesystem::exists(year(2026)));
  EXPECT_TRUE(full_findings().empty());
  EXPECT_EQ(records().size(), 2U);
  EXPECT_TRUE(verify_access_log(*reader())->findings.empty());
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
