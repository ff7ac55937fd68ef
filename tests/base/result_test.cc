// Result: a value or an error, and the two macros that hand errors on.
#include "base/result.h"

#include <gtest/gtest.h>

#include <memory>
#include <set>

namespace liggare {
namespace {

Result<int> half_of(int number) {
  if (number % 2 != 0) return fail(ErrorCode::invalid_argument, "odd");
  return number / 2;
}

Result<int> quarter_of(int number) {
  LIGGARE_TRY(const int half, half_of(number));
  LIGGARE_TRY(const int quarter, half_of(half));
  return quarter;
}

Result<void> must_be_even(int number) {
  LIGGARE_CHECK(half_of(number));
  return {};
}

Result<std::string> named_evenness(int number) {
  LIGGARE_CHECK(must_be_even(number));
  LIGGARE_CHECK(must_be_even(number + 2));
  return std::string("even");
}

Result<std::unique_ptr<int>> boxed(int number) {
  LIGGARE_TRY(auto box, Result<std::unique_ptr<int>>(std::make_unique<int>(number)));
  return box;
}

TEST(Result, HoldsAValue) {
  const Result<int> result = half_of(8);
  ASSERT_TRUE(result.has_value());
  EXPECT_TRUE(static_cast<bool>(result));
  EXPECT_EQ(*result, 4);
}

TEST(Result, HoldsAnError) {
  const Result<int> result = half_of(7);
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error(), (Error{ErrorCode::invalid_argument, "odd"}));
}

TEST(Result, HandsOutWhatCanOnlyBeMoved) {
  std::unique_ptr<int> box = *boxed(3);
  EXPECT_EQ(*box, 3);
}

TEST(Result, ReachesIntoItsValue) { EXPECT_EQ(named_evenness(2)->size(), 4U); }

TEST(Result, MayHaveAnErrorOfTheSameTypeAsItsValue) {
  const Result<std::string, std::string> good(std::string("yes"));
  const Result<std::string, std::string> bad(Unexpected{std::string("no")});
  EXPECT_EQ(*good, "yes");
  EXPECT_EQ(bad.error(), "no");
}

TEST(Result, OfNothingHoldsSuccessOrAnError) {
  EXPECT_TRUE(must_be_even(2).has_value());
  EXPECT_EQ(must_be_even(3).error().message, "odd");
}

TEST(Result, DoesNotGiveWhatItDoesNotHold) {
  EXPECT_DEATH(static_cast<void>(*half_of(7)), "value\\(\\) of a failed Result");
  EXPECT_DEATH(static_cast<void>(half_of(8).error()), "error\\(\\) of a successful Result");
  EXPECT_DEATH(static_cast<void>(must_be_even(2).error()), "error\\(\\) of a successful Result");
}

TEST(Try, GivesTheValueOrReturnsTheFirstError) {
  EXPECT_EQ(*quarter_of(12), 3);
  EXPECT_EQ(quarter_of(5).error().message, "odd");
  EXPECT_EQ(quarter_of(6).error().message, "odd");
}

TEST(Check, GoesOnOrReturnsTheError) {
  EXPECT_EQ(*named_evenness(2), "even");
  EXPECT_EQ(named_evenness(3).error().code, ErrorCode::invalid_argument);
}

TEST(ErrorCode, HasANameOfItsOwn) {
  std::set<std::string> names;
  for (const ErrorCode code :
       {ErrorCode::not_found, ErrorCode::invalid_argument, ErrorCode::corrupt, ErrorCode::io,
        ErrorCode::busy, ErrorCode::vault_unavailable, ErrorCode::unknown_outcome,
        ErrorCode::unsupported, ErrorCode::denied, ErrorCode::fenced}) {
    names.insert(name_of(code));
  }
  EXPECT_EQ(names.size(), 10U);
  EXPECT_TRUE(names.contains("vault-unavailable"));
}

TEST(Assertion, SaysWhatBrokeAndWhere) {
  const int size = 3;
  LIGGARE_ASSERT(size == 3, "never seen");
  EXPECT_DEATH(LIGGARE_ASSERT(size > 3, "too small"),
               "bug: too small \\(size > 3\\) at .*result_test");
}

}  // namespace
}  // namespace liggare
