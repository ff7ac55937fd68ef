// Log review on a ledger: who may review what, how it is drawn again, and what has been reviewed.
#include "ledger/review.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "ledger/review_coverage.h"
#include "tests/ledger/reading_fixture.h"

namespace liggare::ledger {
namespace {

using testing::HasSubstr;

// Beside the staff of ReadingTest: D1 is dpo at U2, L2 leads U2, L0 leads no unit, X is lead of U1
// and auditor. C1 is a consultant at U1, C2 at U2.
class ReviewTest : public ReadingTest {
 protected:
  void SetUp() override {
    ReadingTest::SetUp();
    open();
    accept(unit("U2"));
    staff("D1", "U2", R"("role":"dpo")");
    staff("L2", "U2", R"("role":"lead","unit":"U2")");
    staff("L0", "U1", R"("role":"lead")");
    staff("X", "U1", R"("role":"lead","unit":"U1")");
    accept(event("x2", "role.granted", "staff/X", R"("role":"auditor")"));
    staff("C1", "U1", R"("role":"consultant","unit":"U1")");
    staff("C2", "U2", R"("role":"consultant","unit":"U2")");
    read_by("C1", 3);
    read_by("C2", 2);
    read_by("S2", 1);
  }

  void staff(const std::string& id, const std::string& unit, const std::string& role) {
    accept(event("staff-" + id, "staff.registered", "staff/" + id, R"("unit":")" + unit + R"(")"));
    accept(event("role-" + id, "role.granted", "staff/" + id, role));
  }
  // Tries to read, which counts as a look whether it is allowed or not.
  void read_by(const std::string& id, int times) {
    const domain::Subject participant{domain::StreamKind::participant, "P1"};
    const auto events = *ledger_->stream(participant, size());
    for (int i = 0; i < times; ++i) {
      static_cast<void>((*Reading::open(*ledger_))->ask(by(id), participant, events));
    }
  }
  static ReviewRequest request(const std::string& id, const std::string& who,
                               std::optional<std::string> unit = std::nullopt) {
    ReviewRequest request;
    request.review = id;
    request.who = "staff/" + who;
    request.from = *Day::parse("2026-11-01");
    request.to = *Day::parse("2026-11-30");
    request.unit = std::move(unit);
    request.share = 10'000;
    request.seed = "seed";
    return request;
  }
  // "started", the code of a refusal, or that of an error.
  std::string started(const ReviewRequest& request) {
    const auto review = start_review(*ledger_, request);
    if (!review) return name_of(review.error().code);
    if (!*review) return std::string(domain::name_of(review->error().rejection.code));
    return "started";
  }
  std::int64_t item_of(const std::string& review, const std::string& who) const {
    const Review read = *read_review(*ledger_, review);
    for (const ReviewItem& item : read.items) {
      if (item.entry.record.who == "staff/" + who) return item.entry.number;
    }
    return 0;
  }
  std::string marked(const std::string& review, const std::string& who, std::int64_t item) {
    const auto verdict = mark_review(*ledger_, review, "staff/" + who, {item, {}, {}});
    if (!verdict) return name_of(verdict.error().code);
    return *verdict ? "marked" : "refused";
  }
  std::string closed(const std::string& review, const std::string& who) {
    const auto verdict = close_review(*ledger_, review, "staff/" + who);
    if (!verdict) return name_of(verdict.error().code);
    return *verdict ? "closed" : "refused";
  }
};

TEST_F(ReviewTest, OfALeadIsOfTheOwnUnitsStaffAlone) {
  EXPECT_EQ(started(request("R1", "L2", "U2")), "started");
  EXPECT_EQ(started(request("R2", "L2", "U1")), "denied");
  EXPECT_EQ(started(request("R3", "L2")), "denied");
  EXPECT_EQ(started(request("R4", "L0", "U1")), "denied");
  EXPECT_EQ(started(request("R5", "C1", "U1")), "denied");
  EXPECT_EQ(started(request("R6", "D1")), "started");
  EXPECT_EQ(started(request("R7", "D1", "U1")), "started");
  // Another role counts as well.
  EXPECT_EQ(started(request("R8", "X")), "started");
}

TEST_F(ReviewTest, IsMarkedByALeadWhereTheOwnStaffHaveRead) {
  ASSERT_EQ(started(request("R1", "D1")), "started");
  EXPECT_EQ(marked("R1", "L2", item_of("R1", "C1")), "denied");
  EXPECT_EQ(marked("R1", "L2", item_of("R1", "C2")), "marked");
  EXPECT_EQ(marked("R1", "S2", item_of("R1", "C1")), "marked");
  EXPECT_EQ(marked("R1", "D1", item_of("R1", "C1")), "marked");
  EXPECT_EQ(marked("R1", "L0", item_of("R1", "C1")), "denied");
}

TEST_F(ReviewTest, IsClosedByALeadWhereItIsOfTheOwnUnit) {
  for (const char* id : {"R1", "R2"}) {
    ASSERT_EQ(started(request(id, "D1", *id == 'R' && id[1] == '1' ? "U2" : "U1")), "started");
    const Review review = *read_review(*ledger_, id);
    for (const ReviewItem& item : review.items) marked(id, "D1", item.entry.number);
  }
  EXPECT_EQ(closed("R2", "L2"), "denied");
  EXPECT_EQ(closed("R1", "L2"), "closed");
  EXPECT_EQ(closed("R2", "D1"), "closed");
}

TEST_F(ReviewTest, IsOfNobodysOwnReads) {
  ASSERT_EQ(started(request("R1", "D1", "U1")), "started");
  EXPECT_EQ(marked("R1", "S2", item_of("R1", "S2")), "denied");
  EXPECT_EQ(marked("R1", "X", item_of("R1", "S2")), "marked");
}

TEST_F(ReviewTest, IsDrawnAgainByWhoKnowsTheSeed) {
  read_by("C1", 40);
  ReviewRequest first = request("R1", "D1");
  first.share = 1000;
  ReviewRequest second = first;
  second.review = "R2";
  ReviewRequest third = first;
  third.review = "R3";
  third.seed = "another";
  for (const ReviewRequest* each : {&first, &second, &third}) ASSERT_EQ(started(*each), "started");
  const auto drawn = [&](const char* id) {
    std::vector<std::int64_t> sample;
    const Review review = *read_review(*ledger_, id);
    for (const ReviewItem& item : review.items) {
      const auto& grounds = item.grounds;
      if (std::find(grounds.begin(), grounds.end(), access::ReviewGround::sample) != grounds.end())
        sample.push_back(item.entry.number);
    }
    return sample;
  };
  EXPECT_EQ(read_review(*ledger_, "R1")->started.items, read_review(*ledger_, "R2")->started.items);
  EXPECT_EQ(drawn("R1"), drawn("R2"));
  EXPECT_EQ(drawn("R1").size(), 5U);  // ⌈0.1 × 46⌉
  EXPECT_NE(drawn("R1"), drawn("R3"));
}

TEST_F(ReviewTest, CountsWhatIsReviewedByUnitAndMonth) {
  clock_.set(parse_rfc3339("2026-12-01T10:00:00Z")->instant);
  read_by("C2", 1);
  ASSERT_EQ(started(request("R1", "D1", "U2")), "started");
  marked("R1", "D1", item_of("R1", "C2"));
  const auto coverage = review_coverage(*ledger_);
  ASSERT_TRUE(coverage);
  std::vector<std::string> cells;
  for (const Coverage& cell : *coverage) {
    cells.push_back(fmt::format("{} {} {} {} {}", cell.unit, cell.month, cell.looks, cell.drawn,
                                cell.reviewed));
  }
  EXPECT_THAT(cells,
              testing::ElementsAre("U1 2026-11 4 0 0", "U2 2026-11 2 2 1", "U2 2026-12 1 0 0"));
}

TEST_F(ReviewTest, ThatOneEventCantHoldIsRefusedInClearWords) {
  {
    const auto log = AccessLog::open_for_writing(folders_.ledger, ledger_->origin(), clock_);
    ASSERT_TRUE(log);
    access::Record record;
    record.who = "staff/C1";
    record.submitted_by = "local/0";
    record.subject = "participant/P1";
    std::vector<access::Record> many(4000, record);
    for (access::Record& each : many) each.id = AccessLog::new_id();
    ASSERT_TRUE((*log)->record(many));
  }
  const std::uint64_t before = size();
  const auto review = start_review(*ledger_, request("R1", "D1"));
  ASSERT_TRUE(review) << review.error().message;
  ASSERT_FALSE(*review);
  EXPECT_EQ(review->error().rejection.code, domain::RejectionCode::too_large);
  EXPECT_THAT(review->error().rejection.detail,
              HasSubstr("4006 items, more than one event holds: take a shorter period"));
  EXPECT_EQ(size(), before);
  ReviewRequest smaller = request("R1", "D1");
  smaller.share = 100;
  smaller.unit = "U2";
  EXPECT_EQ(started(smaller), "started");
}

}  // namespace
}  // namespace liggare::ledger
