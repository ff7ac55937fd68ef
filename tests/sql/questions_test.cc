// The questions of docs/sql.md over the Linköping data, held against the reports that answer the
// same, or against figures counted from the events by other means.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "ledger/sql.h"
#include "tests/sql/documented_questions.h"
#include "tests/support/fixed_clock.h"
#include "tests/support/temporary_folder.h"

namespace liggare::ledger {
namespace {

using Given = std::map<std::string, std::string>;
// Rows as JSON text: an order of their own, and easy to read where they differ.
using Texts = std::multiset<std::string>;

class Town {
 public:
  Town() {
    EXPECT_TRUE(Ledger::create({folders_, "example.org/town", HeadPolicy::floor}));
    auto writer = Ledger::open({folders_, Mode::write, &clock_});
    EXPECT_TRUE(writer);
    const std::string data = std::string(LIGGARE_SOURCE_DIR) + "/tests/data/linkoping.ndjson.gz";
    EXPECT_TRUE((*writer)->import(data, {}));
    ledger_ = *std::move(writer);
  }
  const Ledger& ledger() const { return *ledger_; }

 private:
  test::TemporaryFolder folder_;
  Folders folders_ = Folders::of(folder_.path() / "ledger");
  test::FixedClock clock_{*Day::from_date(2026, 11, 22)};
  std::unique_ptr<Ledger> ledger_;
};

class DocumentedQuestion : public testing::Test {
 protected:
  static void SetUpTestSuite() { town_ = std::make_unique<Town>(); }
  static void TearDownTestSuite() { town_.reset(); }

  static Json::Array ask(const std::string& question) {
    SqlRequest request;
    request.as_of = as_of;
    const auto answer = town_->ledger().sql(question, request);
    EXPECT_TRUE(answer) << (answer ? "" : answer.error().message);
    return answer ? *answer->rows.as_array() : Json::Array();
  }
  static Json::Array documented(const std::string& name) {
    const auto questions = sql::documented_questions();
    const auto found = questions.find(name);
    EXPECT_NE(found, questions.end()) << name;
    return found == questions.end() ? Json::Array() : ask(found->second);
  }
  static projection::Answer report(const std::string& name, const Given& options = {}) {
    ReportRequest request;
    request.name = name;
    request.options = options;
    request.as_of = as_of;
    const auto answer = town_->ledger().report(request);
    EXPECT_TRUE(answer) << (answer ? "" : answer.error().message);
    return answer ? *answer : projection::Answer();
  }

  static Json::Array rows_of(const std::string& name, const Given& options = {}) {
    return *report(name, options).rows.as_array();
  }
  static Json::Array findings_of(const std::string& name, const Given& options = {}) {
    return *report(name, options).findings.as_array();
  }

  static Texts texts(const Json::Array& rows) {
    Texts all;
    for (const Json& row : rows) all.insert(row.text());
    return all;
  }
  // The members named, as a row of SQL has them.
  static Json picked(const Json& row, const std::vector<std::string>& names) {
    Json values = Json::array();
    for (const std::string& name : names) values.push(*row.find(name));
    return values;
  }
  static std::int64_t integer(const Json& row, std::size_t column) {
    return *(*row.as_array())[column].as_integer();
  }
  static std::int64_t sum(const Json::Array& rows, std::size_t column) {
    std::int64_t total = 0;
    for (const Json& row : rows) total += integer(row, column);
    return total;
  }

  static const Day as_of;
  static std::unique_ptr<Town> town_;
};
const Day DocumentedQuestion::as_of = *Day::from_date(2021, 12, 31);
std::unique_ptr<Town> DocumentedQuestion::town_;

TEST_F(DocumentedQuestion, RealisedPlacesAreThoseOfTheReport) {
  Texts expected;
  for (const Json& row : rows_of("places", {{"from", "2019"}, {"to", "2021"}})) {
    if (*row.find("realised")->as_integer() == 0) continue;
    expected.insert(Json::array()
                        .push(*row.find("administration"))
                        .push(*row.find("category"))
                        .push(row.find("year")->text())
                        .push(*row.find("realised"))
                        .text());
  }
  const auto rows = documented("realised-places");
  EXPECT_EQ(texts(rows), expected);
  EXPECT_EQ(sum(rows, 3), 660);  // The final report of the 500 assignment, recounted.
}

TEST_F(DocumentedQuestion, TargetsAreThoseOfTheReport) {
  Texts expected;
  for (const Json& row : rows_of("targets")) {
    expected.insert(picked(row, {"target", "value", "derived"}).text());
  }
  EXPECT_EQ(expected.size(), 6U);
  EXPECT_EQ(texts(documented("targets")), expected);
}

TEST_F(DocumentedQuestion, OccupancyAtMonthEndsIsThatOfTheReport) {
  const auto spans = report("occupancy", {{"from", "2018-01-01"}, {"to", "2020-12-31"}});
  const auto rows = documented("occupancy-at-month-ends");
  // Three lines; the one that begins in 2019 has no days before.
  EXPECT_EQ(rows.size(), 36U + 36U + 24U);
  for (const Json& row : rows) {
    const Json::Array& values = *row.as_array();
    int found = 0;
    for (const Json& span : *spans.rows.as_array()) {
      const std::string& day = *values[0].as_text();
      if (*span.find("agreement") != values[1] || *span.find("line") != values[2]) continue;
      if (day < *span.find("from")->as_text() || day > *span.find("to")->as_text()) continue;
      EXPECT_EQ(picked(span, {"capacity", "occupied", "free"}),
                Json::array().push(values[3]).push(values[4]).push(values[5]))
          << row.text();
      ++found;
    }
    EXPECT_EQ(found, 1) << row.text();
  }
}

TEST_F(DocumentedQuestion, DaysOverCapacityAreTheFindingsOfTheReport) {
  const auto answer = report("occupancy", {{"from", "2017-01-01"}, {"to", "2021-12-31"}});
  std::map<std::string, std::int64_t> expected;
  for (const Json& finding : *answer.findings.as_array()) {
    ++expected[picked(finding, {"code", "subject", "line"}).text()];
  }
  EXPECT_EQ(expected.size(), 3U);
  std::map<std::string, std::int64_t> found;
  for (const Json& row : documented("days-over-capacity")) {
    const Json::Array& values = *row.as_array();
    found[Json::array().push(values[0]).push(values[1]).push(values[2]).text()] = integer(row, 5);
  }
  EXPECT_EQ(found, expected);
}

TEST_F(DocumentedQuestion, StepMovementIsWhatTheEventsSay) {
  const auto rows = documented("step-movement");
  ASSERT_FALSE(rows.empty());
  EXPECT_EQ(rows.front().text(), R"(["2019-01-01",250,74,0.296])");
  std::vector<std::pair<std::int64_t, std::int64_t>> found;
  for (const Json& row : rows) {
    found.emplace_back(integer(row, 1), integer(row, 2));
  }
  EXPECT_THAT(found,
              testing::ElementsAre(std::pair(250, 74), std::pair(348, 91), std::pair(434, 96),
                                   std::pair(499, 94), std::pair(516, 73), std::pair(545, 73),
                                   std::pair(545, 69), std::pair(558, 95), std::pair(497, 84),
                                   std::pair(395, 55), std::pair(312, 46), std::pair(237, 36)));
}

TEST_F(DocumentedQuestion, WhereStepsStopIsWhatTheReportOfBottlenecksSays) {
  Texts expected;
  for (const Json& row : rows_of("bottlenecks", {{"ladder", "trappan"}})) {
    expected.insert(picked(row, {"unit", "step", "on", "active"}).text());
  }
  EXPECT_EQ(expected.size(), 16U);
  EXPECT_EQ(texts(documented("where-steps-stop")), expected);
}

TEST_F(DocumentedQuestion, OutcomesBySourceAreThoseOfTheFlow) {
  Texts expected;
  for (const Json& row : rows_of("flow", {{"by", "year"}, {"group", "source"}})) {
    for (const auto& [outcome, count] : *row.find("outcomes")->as_object()) {
      expected.insert(Json::array()
                          .push(*row.find("period"))
                          .push(*row.find("group"))
                          .push(outcome)
                          .push(count)
                          .text());
    }
  }
  EXPECT_GT(expected.size(), 100U);
  EXPECT_EQ(texts(documented("outcomes-by-source")), expected);
}

TEST_F(DocumentedQuestion, OutcomesAfterHalfAYearAreWhatTheEventsSay) {
  EXPECT_EQ(texts(documented("outcomes-after-180-days")),
            (Texts{R"(["arbetsformedlingen",349,77,44,24])",
                   R"(["job-and-knowledge-square",126,24,12,10])", R"(["kaa",34,7,6,3])",
                   R"(["other",73,14,10,7])", R"(["self",84,22,14,7])",
                   R"(["social-services",334,64,32,17])"}));
}

TEST_F(DocumentedQuestion, WorkplacesWithoutEmploymentAreWhatTheEventsSay) {
  EXPECT_EQ(texts(documented("workplaces-without-employment")),
            (Texts{R"(["MSF-arkiv",7,7,0])", R"(["SOF-seniorcenter",5,5,0])",
                   R"(["KLF-reception",3,3,0])"}));
}

TEST_F(DocumentedQuestion, PlansInTimeAreWhatTheEventsSay) {
  EXPECT_EQ(texts(documented("plans-in-time")),
            (Texts{R"(["2017",59,53])", R"(["2018",138,124])", R"(["2019",458,406])",
                   R"(["2020",381,335])", R"(["2021",97,86])"}));
}

TEST_F(DocumentedQuestion, ToldWithoutBasisIsWhatTheReportOfDisclosuresSays) {
  std::set<std::string> employers;
  for (const Json& row : ask("SELECT unit FROM units WHERE kind IN ('company', 'external')")) {
    employers.insert(*(*row.as_array())[0].as_text());
  }
  std::map<std::string, std::int64_t> expected;
  for (const Json& row : rows_of("disclosures")) {
    const std::string categories = row.find("categories")->text();
    const bool sensitive = categories.find("\"health\"") != std::string::npos ||
                           categories.find("\"offence\"") != std::string::npos;
    if (!sensitive || !row.find("day")->as_text()->starts_with("2021")) continue;
    if (!employers.contains(*row.find("recipient")->as_text())) continue;
    if (*row.find("verdict") != Json("ok")) ++expected[*row.find("verdict")->as_text()];
  }
  EXPECT_FALSE(expected.empty());
  std::map<std::string, std::int64_t> found;
  for (const Json& row : documented("told-without-basis")) {
    found[*(*row.as_array())[0].as_text()] = integer(row, 1);
  }
  EXPECT_EQ(found, expected);
}

TEST_F(DocumentedQuestion, ConsentsForARecipientAreThoseOfTheReport) {
  Texts expected;
  for (const Json& row : rows_of("consents", {{"recipient", "EMP-01"}})) {
    expected.insert(
        picked(row, {"participant", "consent", "state", "givenOn", "validTo", "withdrawnOn"})
            .text());
  }
  EXPECT_EQ(expected.size(), 38U);
  Texts found;
  for (const Json& row : documented("consents-for-a-recipient")) {
    Json without_notice = Json::array();
    for (std::size_t i = 0; i < row.as_array()->size(); ++i) {
      if (i != 3) without_notice.push((*row.as_array())[i]);
    }
    found.insert(without_notice.text());
  }
  EXPECT_EQ(found, expected);
}

TEST_F(DocumentedQuestion, ShieldedAndToldIsWhatTheReportOfDisclosuresSays) {
  std::int64_t expected = 0;
  for (const Json& finding : findings_of("disclosures")) {
    if (*finding.find("code") == Json("shielded")) ++expected;
  }
  EXPECT_EQ(texts(documented("shielded-and-told")),
            (Texts{"[\"SOC\"," + std::to_string(expected) + ",25215]"}));
}

TEST_F(DocumentedQuestion, RegisteredLateIsWhatTheReportSays) {
  EXPECT_EQ(sum(documented("registered-late"), 1),
            static_cast<std::int64_t>(rows_of("late").size()));
}

TEST_F(DocumentedQuestion, WhoCorrectedCountsEveryCorrectionAndVoid) {
  const auto rows = documented("who-corrected");
  EXPECT_EQ(rows.size(), 117U);
  EXPECT_EQ(sum(rows, 3), 159 + 46);
  EXPECT_EQ(sum(rows, 4), 1);
}

// The test program knows which questions are judged above.
TEST(Documentation, HasNoQuestionThatIsNotRun) {
  std::set<std::string> names;
  for (const auto& [name, question] : sql::documented_questions()) names.insert(name);
  EXPECT_EQ(names, (std::set<std::string>{"consents-for-a-recipient", "days-over-capacity",
                                          "occupancy-at-month-ends", "outcomes-after-180-days",
                                          "outcomes-by-source", "plans-in-time", "realised-places",
                                          "registered-late", "shielded-and-told", "step-movement",
                                          "targets", "told-without-basis", "where-steps-stop",
                                          "who-corrected", "workplaces-without-employment"}));
}

TEST(Documentation, EndsWithTheTablesAsTheyAre) {
  const std::string expected = sql::tables_as_markdown();
  EXPECT_TRUE(sql::documentation().ends_with(expected)) << "docs/sql.md must end with:\n"
                                                        << expected;
}

}  // namespace
}  // namespace liggare::ledger
