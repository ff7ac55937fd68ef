#include "base/set_sum.h"

#include <gtest/gtest.h>

#include <initializer_list>

namespace liggare {
namespace {

SetSum sum_of(const SetHash& hash, std::initializer_list<std::string_view> elements) {
  SetSum sum;
  for (const std::string_view element : elements) sum += hash.of(element);
  return sum;
}

TEST(SetSum, IsTheSameInAnyOrder) {
  const SetHash hash;
  EXPECT_EQ(sum_of(hash, {"a", "bc", ""}), sum_of(hash, {"", "a", "bc"}));
}

TEST(SetSum, DiffersWithAnElement) {
  const SetHash hash;
  const SetSum sum = sum_of(hash, {"a1", "b2"});
  EXPECT_NE(sum, sum_of(hash, {"a1", "b3"}));
  EXPECT_NE(sum, sum_of(hash, {"a2", "b1"}));
  EXPECT_NE(sum, sum_of(hash, {"a1"}));
  EXPECT_NE(sum, sum_of(hash, {"a1", "b2", "b2"}));
  EXPECT_NE(sum_of(hash, {"a"}), sum_of(hash, {std::string_view("a\0", 2)}));
}

TEST(SetSum, DependsOnAllOfItsHash) {
  const SetHash hash;
  const SetSum one = hash.of("a");
  const SetSum other = hash.of("b");
  EXPECT_NE(one.high, other.high);
  EXPECT_NE(one.low, other.low);
  EXPECT_NE(one.high, one.low);
}

TEST(SetSum, CannotBeKnownBeforehand) { EXPECT_NE(SetHash().of("a"), SetHash().of("a")); }

}  // namespace
}  // namespace liggare
