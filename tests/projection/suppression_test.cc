// Small cells: what must be hidden, and that nobody can reckon it back.
#include "projection/suppression.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace liggare::projection {
namespace {

CountCell cell(std::int64_t count, std::map<std::string, int> parts) {
  CountCell made;
  made.count = count;
  made.parts = std::move(parts);
  return made;
}

TEST(Suppression, HidesCountsBelowTheSmallCellAndShowsNoneAndEnough) {
  const std::vector<CountCell> cells{cell(0, {{"a", 1}}), cell(1, {{"b", 1}}), cell(4, {{"c", 1}}),
                                     cell(5, {{"d", 1}})};
  EXPECT_EQ(hidden_cells(cells, 5), (std::vector{false, true, true, false}));
  EXPECT_EQ(hidden_cells(cells, 0), std::vector<bool>(4, false));
}

TEST(Suppression, HidesASecondCellWhereATotalWouldGiveTheFirstAway) {
  // 3 + 9 + 20 = 32: with 9 hidden too, the 3 can't be told from the total.
  const std::vector<CountCell> cells{cell(3, {{"a", 1}}), cell(9, {{"b", 1}}), cell(20, {{"c", 1}}),
                                     cell(32, {{"a", 1}, {"b", 1}, {"c", 1}})};
  EXPECT_EQ(hidden_cells(cells, 5), (std::vector{true, true, false, false}));
}

TEST(Suppression, LeavesTwoHiddenCellsOfATotalAlone) {
  const std::vector<CountCell> cells{cell(3, {{"a", 1}}), cell(2, {{"b", 1}}),
                                     cell(5, {{"a", 1}, {"b", 1}})};
  EXPECT_EQ(hidden_cells(cells, 5), (std::vector{true, true, false}));
}

// Whoever is hidden is at least one: of a total of 6 with 4 shown, two hidden ones are 1 and 1.
TEST(Suppression, HidesATotalThatLeavesOneForEachHiddenPart) {
  const std::vector<CountCell> ones{cell(1, {{"a", 1}}), cell(1, {{"b", 1}}), cell(9, {{"c", 1}}),
                                    cell(11, {{"a", 1}, {"b", 1}, {"c", 1}})};
  EXPECT_EQ(hidden_cells(ones, 5), (std::vector{true, true, true, false}));
  const std::vector<CountCell> all_small{cell(1, {{"a", 1}}), cell(1, {{"b", 1}}),
                                         cell(1, {{"c", 1}}), cell(2, {{"d", 1}}),
                                         cell(5, {{"a", 1}, {"b", 1}, {"c", 1}, {"d", 1}})};
  EXPECT_EQ(hidden_cells(all_small, 5), (std::vector{true, true, true, true, false}));
  const std::vector<CountCell> five_ones{
      cell(1, {{"a", 1}}), cell(1, {{"b", 1}}),
      cell(1, {{"c", 1}}), cell(1, {{"d", 1}}),
      cell(1, {{"e", 1}}), cell(5, {{"a", 1}, {"b", 1}, {"c", 1}, {"d", 1}, {"e", 1}})};
  EXPECT_EQ(hidden_cells(five_ones, 5), std::vector<bool>(6, true));
  // And less than a small cell: 8 for two of them are 4 and 4.
  const std::vector<CountCell> fours{cell(4, {{"a", 1}}), cell(4, {{"b", 1}}),
                                     cell(8, {{"a", 1}, {"b", 1}})};
  EXPECT_EQ(hidden_cells(fours, 5), (std::vector{true, true, true}));
}

// A table of two rows and two columns with all its totals: one hidden cell needs three more.
TEST(Suppression, HidesWhatOnlySeveralTotalsTogetherGiveAway) {
  const std::vector<CountCell> cells{cell(2, {{"11", 1}}),
                                     cell(7, {{"12", 1}}),
                                     cell(8, {{"21", 1}}),
                                     cell(9, {{"22", 1}}),
                                     cell(9, {{"11", 1}, {"12", 1}}),
                                     cell(17, {{"21", 1}, {"22", 1}}),
                                     cell(10, {{"11", 1}, {"21", 1}}),
                                     cell(16, {{"12", 1}, {"22", 1}})};
  const auto hidden = hidden_cells(cells, 5);
  EXPECT_TRUE(hidden[0]);
  EXPECT_GE(std::count(hidden.begin(), hidden.end(), true), 4);
}

// The rank of a set of cells, with exact fractions, written apart from the product's arithmetic.
std::size_t rank_of(std::vector<std::vector<double>> rows) {
  std::size_t rank = 0;
  const std::size_t width = rows.empty() ? 0 : rows.front().size();
  for (std::size_t column = 0; column < width && rank < rows.size(); ++column) {
    std::size_t pivot = rank;
    for (std::size_t i = rank; i < rows.size(); ++i) {
      if (std::abs(rows[i][column]) > std::abs(rows[pivot][column])) pivot = i;
    }
    if (std::abs(rows[pivot][column]) < 1e-9) continue;
    std::swap(rows[rank], rows[pivot]);
    for (std::size_t i = rank + 1; i < rows.size(); ++i) {
      const double times = rows[i][column] / rows[rank][column];
      for (std::size_t j = column; j < width; ++j) rows[i][j] -= times * rows[rank][j];
    }
    ++rank;
  }
  return rank;
}

TEST(Suppression, NeverLeavesAHiddenCellThatShownOnesGiveAway) {
  for (unsigned seed = 0; seed < 500; ++seed) {
    std::mt19937 random(seed);
    const std::size_t parts = 2 + random() % 6;
    std::vector<std::int64_t> values(parts);
    for (auto& value : values) value = static_cast<std::int64_t>(random() % 9);
    std::vector<CountCell> cells;
    std::vector<std::vector<double>> vectors;
    for (std::size_t i = 0; i < parts + random() % 6; ++i) {
      std::vector<double> vector(parts, 0);
      std::map<std::string, int> named;
      std::int64_t count = 0;
      for (std::size_t part = 0; part < parts; ++part) {
        if (random() % 2 == 0) continue;
        vector[part] = 1;
        named[std::to_string(part)] = 1;
        count += values[part];
      }
      cells.push_back(cell(count, named));
      vectors.push_back(vector);
    }
    const auto hidden = hidden_cells(cells, 5);
    std::vector<std::vector<double>> shown;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (!hidden[i]) shown.push_back(vectors[i]);
    }
    const std::size_t rank = rank_of(shown);
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const bool is_small = cells[i].count > 0 && cells[i].count < 5;
      if (is_small) {
        ASSERT_TRUE(hidden[i]) << "seed " << seed;
      }
      if (!hidden[i] || cells[i].parts.empty()) continue;
      auto with = shown;
      with.push_back(vectors[i]);
      ASSERT_GT(rank_of(with), rank) << "seed " << seed << ", cell " << i;
    }
  }
}

TEST(Suppression, PutsAMarkInThePlaceOfACountAndOfWhatGoesWithIt) {
  Answer answer;
  answer.rows.push(Json::object().add("unit", "U").add("on", 3).add("share", 0.5).add("active", 6));
  CountCell on;
  on.row = 0;
  on.column = "on";
  on.count = 3;
  on.parts = {{"on", 1}};
  on.companions = {"share"};
  suppress(answer, {on}, 5);
  EXPECT_EQ(answer.rows.text(),
            R"([{"unit":"U","on":{"suppressed":true},"share":{"suppressed":true},"active":6}])");
}

TEST(Suppression, HidesOneMemberOfAColumnAlone) {
  Answer answer;
  answer.rows.push(
      Json::object().add("outcomes", Json::object().add("studies", 2).add("moved", 7)));
  CountCell studies;
  studies.column = "outcomes";
  studies.member = "studies";
  studies.count = 2;
  studies.parts = {{"studies", 1}};
  suppress(answer, {studies}, 5);
  EXPECT_EQ(answer.rows.text(), R"([{"outcomes":{"studies":{"suppressed":true},"moved":7}}])");
}

}  // namespace
}  // namespace liggare::projection
