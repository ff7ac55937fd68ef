// What a report gets of a table.
#include "projection/row_source.h"

#include <gmock/gmock.h>

#include "projection/rows_view.h"
#include "projections/participants.h"
#include "tests/projection/row_bytes.h"

namespace liggare::projection {
namespace {

using projections::ConsentRow;
using projections::MovementsRow;
using projections::ShieldRow;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// As kept rows answer whose count is damaged.
class Boaster final : public RowSource {
 public:
  std::uint64_t rows_about(std::string_view) const override { return UINT64_MAX; }
  Result<void> scan(std::string_view, const Visit&) const override {
    return fail(ErrorCode::corrupt, "kept rows are damaged");
  }
};

std::vector<std::string> ids(const Rows& rows, std::string_view participant) {
  std::vector<std::string> ids;
  const auto found = rows_of<ShieldRow>(RowsView(rows), participant);
  EXPECT_TRUE(found);
  for (const ShieldRow& row : *found) ids.push_back(row.participant + " " + row.id);
  return ids;
}

TEST(RowsOf, GivesThoseOfOneParticipantAndNobodyElses) {
  Rows rows;
  RowsSink sink(rows);
  for (const auto* participant : {"P1", "P10", "P2"}) {
    for (const auto* id : {"a", "b"}) sink.put(ShieldRow{participant, id, {}});
  }
  EXPECT_THAT(ids(rows, "P1"), ElementsAre("P1 a", "P1 b"));
  EXPECT_THAT(ids(rows, "P"), IsEmpty());
  EXPECT_EQ(ids(rows, "").size(), 6U);
}

// Every field of a row is read anew: nothing stays of the one before.
TEST(EachRow, KeepsNothingOfTheRowBefore) {
  ConsentRow full{"P1", "a", {}};
  full.fact.purpose = "placement-matching";
  full.fact.recipients = {"EMP-01", "KoF"};
  full.fact.valid_to = Day::last();
  const ConsentRow bare{"P2", "b", {}};
  Rows rows;
  RowsSink sink(rows);
  sink.put(full);
  sink.put(bare);
  std::vector<std::string> visited;
  const auto remember = [&](const ConsentRow& row) { visited.push_back(row_bytes(row)); };
  ASSERT_TRUE(each_row<ConsentRow>(RowsView(rows), remember));
  EXPECT_THAT(visited, ElementsAre(row_bytes(full), row_bytes(bare)));
}

TEST(EachRow, MayBeMovedFrom) {
  Rows rows;
  RowsSink sink(rows);
  for (const auto* participant : {"P1", "P2"}) sink.put(ShieldRow{participant, "a", {}});
  std::vector<ShieldRow> taken;
  ASSERT_TRUE(each_row<ShieldRow>(RowsView(rows),
                                  [&](ShieldRow& row) { taken.push_back(std::move(row)); }));
  ASSERT_EQ(taken.size(), 2U);
  EXPECT_EQ(taken[0].key(), joined_key("P1", "a"));
  EXPECT_EQ(taken[1].key(), joined_key("P2", "a"));
}

TEST(EachRow, VisitsTheWantedAlone) {
  Rows rows;
  RowsSink sink(rows);
  for (const auto* participant : {"P1", "P10", "P2"}) {
    for (const auto* id : {"a", "b"}) sink.put(ShieldRow{participant, id, {}});
  }
  std::vector<std::string> visited;
  const auto is_wanted = [](std::string_view key) {
    const auto [participant, id] = split_key(key);
    return participant == "P1" && id == "b";
  };
  const auto remember = [&](const ShieldRow& row) { visited.push_back(row.key()); };
  ASSERT_TRUE(each_row_if<ShieldRow>(RowsView(rows), is_wanted, remember));
  EXPECT_THAT(visited, ElementsAre(joined_key("P1", "b")));
}

TEST(SplitKey, GivesBothIdsOrTheOneThatThereIs) {
  EXPECT_EQ(split_key(joined_key("P1", "a")),
            std::pair(std::string_view("P1"), std::string_view("a")));
  EXPECT_EQ(split_key(joined_key("P1", "")),
            std::pair(std::string_view("P1"), std::string_view("")));
  EXPECT_EQ(split_key("P1"), std::pair(std::string_view("P1"), std::string_view("")));
}

TEST(RowsOf, BelievesNoCountBeforeTheRowsAreThere) {
  const auto found = rows_of<MovementsRow>(Boaster());
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, ErrorCode::corrupt);
}

}  // namespace
}  // namespace liggare::projection
