#include "tools/render_answer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

namespace liggare::tools {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr Style english{Language::english, Colour::off};
constexpr Style swedish{Language::swedish, Colour::off};

projection::Answer answer(std::string report) {
  projection::Answer made;
  made.report = std::move(report);
  made.as_of = *Day::parse("2019-12-31");
  made.at = 120;
  return made;
}

std::string page(const projection::Answer& answer, const Style& style) {
  return render_answer(answer, std::to_array<std::string_view>({"agreement", "free"}), style);
}

TEST(AnswerPage, BeginsWithTitleDayAndSizeInWords) {
  EXPECT_EQ(page(answer("occupancy"), english),
            "Occupancy of agreements · as of 2019-12-31 · known from the first 120 events\n\n"
            "No rows.\n");
  EXPECT_EQ(page(answer("occupancy"), swedish),
            "Beläggning per avtal · per 2019-12-31 · enligt de 120 första händelserna\n\n"
            "Inga rader.\n");
}

TEST(AnswerPage, ShowsFindingsAfterTheTable) {
  auto occupancy = answer("occupancy");
  occupancy.rows.push(Json::object().add("agreement", "A1").add("free", -1));
  occupancy.findings.push(Json::object()
                              .add("code", "over-capacity")
                              .add("subject", "agreement/A1")
                              .add("events", Json::list({"e1", "e2", "e3", "e4"}))
                              .add("line", "L1"));
  EXPECT_THAT(page(occupancy, english),
              HasSubstr("A1           -1\n\nFindings: 1\nCode           Subject       Events"));
  EXPECT_THAT(page(occupancy, english), HasSubstr("e1, e2, e3, … (4 in all)"));
  EXPECT_THAT(page(occupancy, swedish), HasSubstr("över platstaket  agreement/A1"));
}

TEST(AnswerPage, ShowsASummaryAsATableOfItsOwn) {
  auto ladder = answer("ladder");
  ladder.extras.add("summary",
                    Json::array().push(Json::object().add("criterion", "k1").add("red", 2)));
  EXPECT_THAT(page(ladder, swedish), HasSubstr("\nSammanställning\nKriterium  Röda\n"));
}

TEST(AnswerPage, ShortensTheEventsOfAHistory) {
  auto history = answer("history");
  history.rows.push(Json::object()
                        .add("id", "e1")
                        .add("type", "note.recorded")
                        .add("effective", "2019-02-01")
                        .add("actor", "staff/S1")
                        .add("data", Json::object().add("text", std::string(100, 'x')))
                        .add("sequence", "00000000000000000042")
                        .add("recorded", "2019-02-02T10:11:12.131415Z")
                        .add("status", "voided"));
  const std::string shown = page(history, english);
  EXPECT_THAT(shown,
              HasSubstr("      42  2019-02-01  2019-02-02 10:11:12Z  note.recorded  voided"));
  EXPECT_THAT(shown, HasSubstr("xxx…\n"));
}

TEST(AnswerPage, ShowsAStateInSections) {
  auto state = answer("state");
  state.rows.push(
      Json::object()
          .add("participant", "P1")
          .add("enrolments",
               Json::array().push(Json::object().add("enrolment", "E1").add("state", "active")))
          .add("consultant", Json())
          .add("ladders",
               Json::object().add(
                   "L", Json::object().add("criteria", Json::object().add("k1", "green")))));
  const std::string shown = page(state, english);
  EXPECT_THAT(shown, HasSubstr("\nParticipant: P1\n"));
  EXPECT_THAT(shown, HasSubstr("\nEnrolments\nEnrolment  State\n"));
  EXPECT_THAT(shown, HasSubstr("\nConsultant: –\n"));
  EXPECT_THAT(shown, HasSubstr("\nL     k1 ✓ green\n"));
}

TEST(AnswerPage, HasNoEscapeCharacterWithoutColours) {
  auto history = answer("history");
  history.rows.push(Json::object().add("type", "x\x1b[31m").add("data", Json::object()));
  EXPECT_THAT(page(history, english), Not(HasSubstr("\x1b")));
}

}  // namespace
}  // namespace liggare::tools
