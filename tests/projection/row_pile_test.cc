#include "projection/row_pile.h"

#include <gmock/gmock.h>

#include "projections/participants.h"
#include "tests/projection/row_bytes.h"

namespace liggare::projection {
namespace {

using projections::ShieldRow;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> keys_of(const RowPile& pile) {
  std::vector<std::string> keys;
  for (const RowPile::Row& row : pile.table(ShieldRow::table)) keys.emplace_back(row.key);
  return keys;
}

std::string key_of(std::string_view participant, std::string_view id) {
  return joined_key(participant, id);
}

TEST(RowPile, PutsATablesRowsInTheOrderOfTheirKeys) {
  RowPile pile;
  for (const auto* participant : {"P2", "P1", "P3"}) {
    for (const auto* id : {"b", "a"}) pile.put(ShieldRow{participant, id, {}});
  }
  pile.sort();
  EXPECT_THAT(keys_of(pile), ElementsAre(key_of("P1", "a"), key_of("P1", "b"), key_of("P2", "a"),
                                         key_of("P2", "b"), key_of("P3", "a"), key_of("P3", "b")));
  EXPECT_THAT(pile.table("another"), IsEmpty());
}

// As a fold that puts a row again means it: what it knows in the end.
TEST(RowPile, KeepsTheLastOfThoseWithOneKey) {
  RowPile pile;
  ShieldRow row{"P1", "a", {}};
  std::string last;
  for (const auto day : {Day::first(), Day::last()}) {
    row.fact.set = day;
    pile.put(ShieldRow{"P2", "a", {}});
    pile.put(row);
    last = row_bytes(row);
  }
  pile.sort();
  ASSERT_THAT(keys_of(pile), ElementsAre(key_of("P1", "a"), key_of("P2", "a")));
  EXPECT_EQ(pile.table(ShieldRow::table).front().bytes, last);
}

// As Rows would have them, also where they take more than one piece of memory.
TEST(RowPile, HoldsWhatIsPutIntoIt) {
  RowPile pile;
  Rows rows;
  RowsSink sink(rows);
  for (const std::size_t size : {3U, 1'000'000U, 700'000U, 2'000'000U, 0U, 600'000U, 1U}) {
    const ShieldRow row{"P" + std::string(size, 'x'), "a", {}};
    pile.put(row);
    sink.put(row);
  }
  pile.sort();
  const auto held = pile.table(ShieldRow::table);
  ASSERT_EQ(held.size(), rows.size());
  auto row = rows.begin();
  for (const auto& [key, bytes] : held) {
    EXPECT_TRUE(key == row->first.second && bytes == row->second);
    ++row;
  }
}

}  // namespace
}  // namespace liggare::projection
