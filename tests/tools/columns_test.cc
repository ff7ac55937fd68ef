#include "tools/columns.h"

#include <gtest/gtest.h>

#include <array>

namespace liggare::tools {
namespace {

constexpr auto flow = std::to_array<std::string_view>({"period", "group", "referrals"});

TEST(Columns, LeaveOutWhatNoRowHas) {
  Json rows = Json::array();
  rows.push(Json::object().add("period", "2019").add("referrals", 3));
  EXPECT_EQ(columns_present(rows, flow), (Columns{"period", "referrals"}));
}

TEST(Columns, KeepWhatIsNullInEveryRow) {
  Json rows = Json::array();
  rows.push(Json::object().add("period", "2019").add("group", Json()));
  EXPECT_EQ(columns_present(rows, flow), (Columns{"period", "group"}));
}

TEST(Columns, AreAllThereWhereThereAreNoRows) {
  EXPECT_EQ(columns_present(Json::array(), flow), (Columns{"period", "group", "referrals"}));
}

TEST(Columns, OfUndescribedRowsStandInTheOrderOfTheirFirstMention) {
  Json rows = Json::array();
  rows.push(Json::object().add("b", 1)).push(Json::object().add("a", 1).add("b", 2));
  EXPECT_EQ(columns_of(rows), (Columns{"b", "a"}));
}

}  // namespace
}  // namespace liggare::tools
