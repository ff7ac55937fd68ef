#include "domain/value_rules.h"

#include <gtest/gtest.h>

namespace liggare::domain {
namespace {

TEST(LadderSteps, AreNumberedFromOneInOrder) {
  LadderPublished ladder{1, {{1, {}}, {2, {}}, {3, {}}}, {}};
  EXPECT_EQ(invalid_value(ladder), std::nullopt);
  ladder.steps[2].step = 4;
  EXPECT_EQ(invalid_value(ladder), ".steps[2].step");
  ladder.steps[0].step = 2;
  EXPECT_EQ(invalid_value(ladder), ".steps[0].step");
}

TEST(Scores, AreOneToFiveForBip) {
  const auto assessed = [](const char* instrument, std::int64_t score) {
    return AssessmentRecorded{instrument, "1", Respondent::handler, {{"i1", 3}, {"i2", score}}};
  };
  EXPECT_EQ(invalid_value(assessed("BIP", 1)), std::nullopt);
  EXPECT_EQ(invalid_value(assessed("BIP", 5)), std::nullopt);
  EXPECT_EQ(invalid_value(assessed("BIP", 0)), ".scores[1].score");
  EXPECT_EQ(invalid_value(assessed("BIP", 6)), ".scores[1].score");
  EXPECT_EQ(invalid_value(assessed("other", -7)), std::nullopt);
}

TEST(Retention, CountsAHundredYearsAtMost) {
  RetentionAdopted rule;
  for (const std::int64_t months : {0, 24, 1200}) {
    rule.months = months;
    EXPECT_EQ(invalid_value(rule), std::nullopt) << months;
  }
  for (const std::int64_t months : {std::int64_t{1201}, (std::int64_t{1} << 53) - 1}) {
    rule.months = months;
    EXPECT_EQ(invalid_value(rule), ".months") << months;
  }
}

TEST(Scope, OfEverythingIsOnlyEverTrue) {
  TargetSet target;
  target.scope.all = true;
  EXPECT_EQ(invalid_value(target), std::nullopt);
  target.scope.all = false;
  EXPECT_EQ(invalid_value(target), ".scope.all");
  FigurePublished figure;
  figure.scope.all = false;
  EXPECT_EQ(invalid_value(figure), ".scope.all");
}

}  // namespace
}  // namespace liggare::domain
