#include "sql/organisation_rows.h"

#include <gtest/gtest.h>

#include "tests/sql/facts.h"

namespace liggare::sql {
namespace {

using namespace liggare::test;

TEST(UnitsTable, HoldsAllDaysAsKnownAtASize) {
  const Story story =
      given({unit_registered("U3", "U1").on("2024-01-01"), unit_renamed("U3").on("2024-02-01"),
             unit_moved("U3", "U2").on("2024-03-01"), unit_closed("U3", "U2").on("2024-04-01")});
  const std::string all = "SELECT * FROM units WHERE unit = 'U3'";
  EXPECT_EQ(answer(story, all, {"2023-01-01", {}}),
            R"([["U3","New name","unit","U2",null,"2024-01-01","2024-04-01","U2","e0"]])");
  EXPECT_EQ(answer(story, all, {"2024-12-31", 10}),
            R"([["U3","Unit U3","unit","U1",null,"2024-01-01",null,null,"e0"]])");
}

TEST(PlacesTable, HoldsAllDaysAsKnownAtASize) {
  domain::PlaceOffered data;
  data.administration = "U2";
  data.category = domain::PlaceCategory::ias;
  data.workplace = "Kitchen";
  data.seats = 3;
  data.profile = "cooking";
  const Story story = given(
      {Sent(data).about("place/PL2").on("2024-01-01"), place_withdrawn("PL2").on("2024-05-01")});
  EXPECT_EQ(answer(story, "SELECT * FROM places ORDER BY place", {"2023-01-01", {}}),
            R"([["PL1","U1","ordinary",null,1,null,"2020-01-01",null,"t-PL1"],)"
            R"(["PL2","U2","ias","Kitchen",3,"cooking","2024-01-01","2024-05-01","e0"]])");
  EXPECT_EQ(answer(story, "SELECT withdrawn_day FROM places WHERE place = 'PL2'",
                   {"2024-12-31", story.size() - 1}),
            "[[null]]");
}

TEST(AgreementsTable, HasARowForEachLine) {
  const Story story = given({agreement_terminated("2024-06-30").on("2024-05-01")});
  EXPECT_EQ(answer(story, "SELECT * FROM agreements ORDER BY line"),
            R"([["A1","L1","Agreement","osa",null,5,"2020-01-01","2024-06-30"],)"
            R"(["A1","L2","Agreement","osa",null,5,"2020-01-01","2024-06-30"]])");
  const Story without_lines = given_only({agreement_signed_for("2020-01-01", "2020-12-31")});
  EXPECT_EQ(answer(without_lines, "SELECT agreement, line, places FROM agreements"),
            R"([["A1",null,null]])");
}

TEST(CapacityTable, CutsTheValidityWherePlacesChange) {
  const Story story =
      given({agreement_amended("L1").on("2024-03-01"), agreement_amended("L1").on("2024-05-01"),
             agreement_amended("L2").on("2030-01-01"),
             agreement_terminated("2024-06-30").on("2024-05-01")});
  EXPECT_EQ(answer(story, "SELECT * FROM capacity ORDER BY line, first_day", {"2021-01-01", {}}),
            R"([["A1","L1","2020-01-01","2024-02-29",5],["A1","L1","2024-03-01","2024-06-30",7],)"
            R"(["A1","L2","2020-01-01","2024-06-30",5]])");
  EXPECT_EQ(answer(story, "SELECT * FROM capacity WHERE line = 'L1'", {"2021-01-01", 9}),
            R"([["A1","L1","2020-01-01",null,5]])");
}

TEST(TargetsTable, HoldsTheLastOneSetUpToAsOf) {
  domain::TargetSet data;
  data.scope.category = domain::PlaceCategory::ias;
  data.from = day("2024-01-01");
  data.to = day("2025-12-31");
  data.value = 250;
  data.baseline = 10;
  data.decision = "KS 2024-1";
  const Story story =
      given({target_set().on("2024-01-15"), Sent(data).about("target/T1").on("2024-06-01")});
  EXPECT_EQ(answer(story, "SELECT * FROM targets"),
            R"([["T1","realised-places","category","ias","2024-01-01","2025-12-31",250,10,)"
            R"("KS 2024-1","2024-06-01","e1"]])");
  EXPECT_EQ(answer(story, "SELECT measure, scope, scope_value, value, baseline FROM targets",
                   {"2024-05-31", {}}),
            R"([["referrals","all",null,10,null]])");
  EXPECT_EQ(answer(story, "SELECT * FROM targets", {"2023-12-31", {}}), "[]");
}

TEST(LadderCriteriaTable, HoldsEachVersionInForceByAsOf) {
  const Story story = given({ladder_published(2, {{{"c1"}, {"c4", false}}, {}}).on("2024-03-01")});
  EXPECT_EQ(answer(story, "SELECT * FROM ladder_criteria WHERE ladder_version = 2"),
            R"([["L",2,"2024-03-01",1,"c1","Text",1],["L",2,"2024-03-01",1,"c4","Text",0],)"
            R"(["L",2,"2024-03-01",2,null,null,null]])");
  EXPECT_EQ(answer(story, "SELECT count(*), max(ladder_version) FROM ladder_criteria",
                   {"2024-02-29", {}}),
            "[[3,1]]");
}

}  // namespace
}  // namespace liggare::sql
