#include "sql/loader.h"

#include <gtest/gtest.h>

#include "tests/sql/facts.h"

namespace liggare::sql {
namespace {

using namespace liggare::test;

TEST(AboutTable, SaysWhatTheOthersWereMadeFrom) {
  EXPECT_EQ(answer(given({}), "SELECT * FROM about", {"2024-06-01", 5}),
            R"([["example.org/town","2024-06-01",5,"00ff","1.2.3"]])");
}

TEST(EventsTable, HoldsEveryEventAndWhatBecameOfIt) {
  const Story story =
      given({registered(), placement_started("p1"), placement_ended("p1").on("2024-05-01"),
             corrected_to("e1", placement_started("p1"), "2024-02-01"), voided("e2")});
  EXPECT_EQ(answer(story,
                   "SELECT id, type, stream_version, effective, effective_now, status, "
                   "corrected_by FROM events WHERE subject = 'participant/P1' ORDER BY position"),
            R"([["e0","participant.registered",1,"2024-01-01","2024-01-01","current","[]"],)"
            R"(["e1","placement.started",2,"2024-03-01","2024-02-01","corrected","[\"e3\"]"],)"
            R"(["e2","placement.ended",3,"2024-05-01",null,"voided","[\"e4\"]"],)"
            R"(["e3","event.corrected",4,"2024-03-01",null,"correction","[]"],)"
            R"(["e4","event.voided",5,"2024-03-01",null,"correction","[]"]])");
}

TEST(EventsTable, IsCutByAtAndNotByAsOf) {
  const Story story = given({registered(), placement_started("p1"), voided("e1")});
  EXPECT_EQ(answer(story, "SELECT count(*) FROM events", {"2020-01-01", {}}), "[[12]]");
  EXPECT_EQ(
      answer(story, "SELECT status, position FROM events WHERE id = 'e1'", {"2020-01-01", 11}),
      R"([["current",10]])");
}

TEST(EventsTable, HoldsTheAttributesAndTheData) {
  const Story story = given({registered(), placement_started_on("p1", "A1", "L1")});
  EXPECT_EQ(answer(story,
                   "SELECT kind, recorded, registered_day, time, actor, source, purpose, "
                   "correlation_id, causation_id, submitted_by, data FROM events WHERE id = 'e1'"),
            R"([["participant","2026-01-01T12:00:00.000000Z","2026-01-01",null,"system/test",)"
            R"("/test",null,null,null,"local/0","{\"placement\":\"p1\",\"place\":\"PL1\",)"
            R"(\"kind\":\"osa\",\"agreement\":\"A1\",\"line\":\"L1\"}"]])");
}

Story told_without_basis() {
  return given(
      {registered(), consent_given("k1"),
       disclosure_made("d1", domain::BasisReference{"k1", std::nullopt}),
       disclosure_made("d2").on("2024-04-01"),
       disclosure_made("d3", domain::BasisReference{std::nullopt, "B1"}).on("2024-05-01")});
}

TEST(DisclosuresTable, CarriesTheVerdictOfTheReport) {
  const std::string all =
      "SELECT disclosure, day, recipient, categories, purpose, form, basis_consent, "
      "basis_provision, verdict, event FROM disclosures ORDER BY disclosure";
  EXPECT_EQ(answer(told_without_basis(), all),
            R"([["d1","2024-03-01","U2","[]","coordination","oral","k1",null,"ok","e2"],)"
            R"(["d2","2024-04-01","U2","[]","coordination","oral",null,null,"no-basis","e3"],)"
            R"(["d3","2024-05-01","U2","[]","coordination","oral",null,"B1",)"
            R"("provision-not-applicable","e4"]])");
  EXPECT_EQ(answer(told_without_basis(), "SELECT disclosure FROM disclosures", {"2024-03-31", {}}),
            R"([["d1"]])");
}

TEST(FindingsTable, HoldsDisclosuresWithoutBasis) {
  EXPECT_EQ(answer(told_without_basis(), "SELECT * FROM findings", {"2024-04-30", {}}),
            R"([["disclosures","no-basis","participant/P1",null,null,null,"[\"e3\"]"]])");
}

TEST(OccupancyTable, HoldsEachLineUntilAsOf) {
  const Story story = given({registered(), placement_started_on("p1", "A1", "L1"),
                             placement_ended("p1").on("2024-03-31")});
  EXPECT_EQ(answer(story, "SELECT * FROM occupancy ORDER BY line, first_day"),
            R"([["A1","L1","2020-01-01","2024-02-29",5,0,5],)"
            R"(["A1","L1","2024-03-01","2024-03-31",5,1,4],)"
            R"(["A1","L1","2024-04-01","2024-12-31",5,0,5],)"
            R"(["A1","L2","2020-01-01","2024-12-31",5,0,5]])");
}

TEST(FindingsTable, HoldsDaysWithoutAgreement) {
  const Story story = given({registered(), placement_started_on("p1", "A1", "L1"),
                             agreement_terminated("2024-06-30").on("2024-05-01")});
  EXPECT_EQ(answer(story, "SELECT * FROM findings"),
            R"([["occupancy","agreement-lapsed","agreement/A1","L1","2024-07-01","2024-12-31",)"
            R"("[\"e1\"]"]])");
  EXPECT_EQ(answer(story, "SELECT * FROM findings", {"2024-06-30", {}}), "[]");
}

TEST(Loader, FillsOnlyWhatIsWanted) {
  auto database = *Database::in_memory();
  ASSERT_TRUE(make_tables(database));
  const auto loader = Loader::begin(database, {"capacity"}, {}, {});
  ASSERT_TRUE(loader);
  EXPECT_TRUE(loader->wants(domain::StreamKind::agreement));
  EXPECT_FALSE(loader->wants(domain::StreamKind::participant));
  EXPECT_FALSE(Loader::begin(database, {"about"}, {}, {})->wants(domain::StreamKind::unit));
  EXPECT_TRUE(Loader::begin(database, {"events"}, {}, {})->wants(domain::StreamKind::incident));
}

TEST(Tables, HaveEveryColumnThatTheListNames) {
  auto database = *Database::in_memory();
  ASSERT_TRUE(make_tables(database));
  for (const Table& table : all_tables()) {
    std::string names;
    for (const Column& column : table.columns) {
      EXPECT_FALSE(column.meaning.empty()) << table.name << "." << column.name;
      names.append(names.empty() ? "" : ", ").append(column.name);
    }
    EXPECT_EQ(answer(database, "SELECT " + names + " FROM " + std::string(table.name)), "[]");
  }
}

// The list of the contract's issue, and what was added to it.
TEST(Tables, AreThoseThatWerePromised) {
  auto database = *Database::in_memory();
  ASSERT_TRUE(make_tables(database));
  for (const char* name :
       {"participants",    "referrals",   "enrolments", "enrolment_spans", "placements", "places",
        "agreements",      "capacity",    "criteria",   "steps",           "plans",      "consents",
        "disclosures",     "assessments", "findings",   "events",          "units",      "targets",
        "ladder_criteria", "occupancy",   "about"}) {
    EXPECT_EQ(answer(database, std::string("SELECT * FROM ") + name), "[]") << name;
  }
}

}  // namespace
}  // namespace liggare::sql
