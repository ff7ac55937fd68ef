// What a report gets of a table.
#include "projection/row_source.h"

#include <gmock/gmock.h>

#include "projection/rows_view.h"
#include "projections/participants.h"

namespace liggare::projection {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using projections::MovementsRow;
using projections::ShieldRow;

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
  RowSink sink(rows);
  for (const auto* participant : {"P1", "P10", "P2"}) {
    for (const auto* id : {"a", "b"}) sink.put(ShieldRow{participant, id, {}});
  }
  EXPECT_THAT(ids(rows, "P1"), ElementsAre("P1 a", "P1 b"));
  EXPECT_THAT(ids(rows, "P"), IsEmpty());
  EXPECT_EQ(ids(rows, "").size(), 6U);
}

TEST(RowsOf, BelievesNoCountBeforeTheRowsAreThere) {
  const auto found = rows_of<MovementsRow>(Boaster());
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, ErrorCode::corrupt);
}

}  // namespace
}  // namespace liggare::projection
