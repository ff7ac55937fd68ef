#include "tools/render_table.h"

#include <gtest/gtest.h>

#include <array>

namespace liggare::tools {
namespace {

constexpr Style english{Language::english, Colour::off};
constexpr Style swedish{Language::swedish, Colour::off};

Json two_places() {
  Json rows = Json::array();
  rows.push(Json::object().add("administration", "Åäö").add("realised", 5));
  rows.push(Json::object().add("administration", "A").add("realised", Json()));
  rows.push(Json::object().add("administration", "漢字").add("realised", -12345678901));
  return rows;
}

constexpr auto columns = std::to_array<std::string_view>({"administration", "realised"});

TEST(Table, AlignsTextsToTheLeftAndNumbersToTheRight) {
  EXPECT_EQ(render_table(two_places(), columns, english),
            "Administration      Realised\n"
            "──────────────  ────────────\n"
            "Åäö                        5\n"
            "A                          –\n"
            "漢字            -12345678901\n");
}

TEST(Table, HasTitlesInSwedish) {
  EXPECT_TRUE(render_table(two_places(), columns, swedish)
                  .starts_with("Förvaltning    Genomförda\n───────────  ────────────\n"));
}

TEST(Table, KeepsNoBlanksAtTheEndOfALine) {
  Json rows = Json::array();
  rows.push(Json::object().add("id", "a")).push(Json::object().add("id", "a long one"));
  EXPECT_EQ(render_table(rows, std::to_array<std::string_view>({"id"}), english),
            "Event\n──────────\na\na long one\n");
}

TEST(Table, SaysColoursWithAWordAndASymbol) {
  EXPECT_EQ(cell_text("red", "state", swedish), "● röd");
  EXPECT_EQ(cell_text("yellow", "state", english), "▲ yellow");
  EXPECT_EQ(cell_text(Json::object().add("k1", "green").add("k2", "red"), "criteria", english),
            "k1 ✓ green, k2 ● red");
}

TEST(Table, UsesColourOnlyWhereItMay) {
  EXPECT_EQ(cell_text("red", "state", {Language::english, Colour::on}), "\x1b[31m● red\x1b[0m");
  EXPECT_EQ(emphasised("x", english), "x");
}

TEST(Table, TranslatesWordsOfTheContractAndNoIds) {
  EXPECT_EQ(cell_text("withdrawn", "state", swedish), "återkallad");
  EXPECT_EQ(cell_text("no-basis", "verdict", english), "no basis");
  EXPECT_EQ(cell_text("open", "unit", swedish), "open");
}

TEST(Table, WritesListsAndObjectsInOneLine) {
  EXPECT_EQ(cell_text(Json::list({"a", "b"}), "recipients", english), "a, b");
  EXPECT_EQ(cell_text(Json::array(), "recipients", english), "–");
  EXPECT_EQ(cell_text(Json::object().add("employment", 3).add("studies", 1), "outcomes", swedish),
            "arbete 3, studier 1");
  EXPECT_EQ(cell_text(Json::object().add("all", true), "scope", swedish), "alla");
}

TEST(Table, WritesTruthAndFractionsInTheLanguage) {
  EXPECT_EQ(cell_text(true, "paused", swedish), "ja");
  EXPECT_EQ(cell_text(0.25, "share", swedish), "0,25");
  EXPECT_EQ(cell_text(0.25, "share", english), "0.25");
}

TEST(Table, EscapesWhatCouldHarmATerminal) {
  EXPECT_EQ(cell_text("a\x1b[2J\u202e", "document", english), "a\\u{1b}[2J\\u{202e}");
  EXPECT_EQ(cell_text("red\x1b", "state", english), "red\\u{1b}");
}

}  // namespace
}  // namespace liggare::tools
