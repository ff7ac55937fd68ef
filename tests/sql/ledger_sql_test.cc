#include "ledger/sql.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/ledger/ledger_fixture.h"

namespace liggare::ledger {
namespace {

constexpr const char* canary = "canary-of-a-personal-text";

class LedgerSql : public LedgerTest {
 protected:
  void SetUp() override {
    open();
    const std::vector<std::string> lines = {
        unit("AMC"), registered("P1"), note("n1", "P1", canary),
        event("e1", "enrolment.started", "participant/P1",
              R"("enrolment":"e","programme":"osa","unit":"AMC")", "2021-01-01"),
        event("e2", "enrolment.ended", "participant/P1", R"("enrolment":"e","outcome":"studies")",
              "2021-06-30")};
    for (const std::string& line : lines) ASSERT_EQ(word(append(line)), "accepted") << line;
  }

  std::string answer(const std::string& question, const SqlRequest& request = {}) {
    const auto reply = ledger_->sql(question, request);
    return reply ? reply->rows.text() : reply.error().message;
  }
  Error refused_export(const SqlRequest& request = {}) {
    const auto written = ledger_->export_sql(file_, request);
    EXPECT_FALSE(written);
    return written ? Error{ErrorCode::io, "written"} : written.error();
  }

  std::filesystem::path file_ = folder_.path() / "town.db";
  std::filesystem::path partial_ = folder_.path() / "town.db.partial";
};

TEST_F(LedgerSql, AnswersForADayAndASize) {
  const std::string question = "SELECT state, end_day FROM enrolments";
  EXPECT_EQ(answer(question), R"([["ended","2021-06-30"]])");
  SqlRequest request;
  request.as_of = Day::from_date(2021, 6, 29);
  EXPECT_EQ(answer(question, request), R"([["active",null]])");
  request.as_of.reset();
  request.at = std::uint64_t{4};
  EXPECT_EQ(answer(question, request), R"([["active",null]])");
  request.at = std::uint64_t{3};
  EXPECT_EQ(answer(question, request), "[]");
}

TEST_F(LedgerSql, SaysWhatItWasMadeFrom) {
  SqlRequest request;
  request.version = "9.9";
  EXPECT_EQ(answer("SELECT origin, as_of, at, root_hash, liggare_version FROM about", request),
            R"([["example.org/test","2026-11-22",5,")" + to_hex(ledger_->head().root_hash.view()) +
                R"(","9.9"]])");
}

TEST_F(LedgerSql, RefusesWritingBeforeAnythingIsRead) {
  const auto refused = ledger_->sql("DELETE FROM events", {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::invalid_argument);
  SqlRequest beyond;
  beyond.at = std::uint64_t{6};
  EXPECT_EQ(ledger_->sql("SELECT 1", beyond).error().code, ErrorCode::invalid_argument);
}

TEST_F(LedgerSql, ShowsPersonalDataSealed) {
  EXPECT_EQ(answer("SELECT data FROM events WHERE id = 'n1'"),
            R"([["{\"personal\":{\"health\":{\"sealed\":true}}}"]])");
}

TEST_F(LedgerSql, WritesAFileForItsOwnerAloneAndWithoutPersonalData) {
  const auto written = ledger_->export_sql(file_, {});
  ASSERT_TRUE(written) << written.error().message;
  EXPECT_EQ(written->at, 5U);
  struct stat status {};
  ASSERT_EQ(::stat(file_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600U);
  const std::string bytes = test::read_bytes(file_);
  EXPECT_TRUE(bytes.starts_with("SQLite format 3"));
  EXPECT_NE(bytes.find("enrolment.started"), std::string::npos);
  EXPECT_EQ(bytes.find(canary), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(partial_));
}

TEST_F(LedgerSql, NeverReplacesAFile) {
  test::write_bytes(file_, "mine");
  EXPECT_EQ(refused_export().code, ErrorCode::invalid_argument);
  EXPECT_EQ(test::read_bytes(file_), "mine");
  std::filesystem::remove(file_);
  test::write_bytes(partial_, "another export");
  EXPECT_EQ(refused_export().code, ErrorCode::invalid_argument);
  EXPECT_EQ(test::read_bytes(partial_), "another export");
  EXPECT_FALSE(std::filesystem::exists(file_));
}

TEST_F(LedgerSql, LeavesNothingBehindWhenItIsStopped) {
  SqlRequest request;
  request.stop = [] { return true; };
  EXPECT_EQ(refused_export(request).code, ErrorCode::io);
  EXPECT_FALSE(std::filesystem::exists(file_));
  EXPECT_FALSE(std::filesystem::exists(partial_));
}

TEST_F(LedgerSql, SaysWhereAFileCannotBeMade) {
  file_ = folder_.path() / "nowhere" / "town.db";
  EXPECT_EQ(refused_export().code, ErrorCode::io);
}

}  // namespace
}  // namespace liggare::ledger
