#include "domain/hash_name.h"

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "base/sha256.h"
#include "domain/formats.h"
#include "domain/person_number.h"

namespace liggare::domain {
namespace {

TEST(HashName, IsThePrefixAndTheDigits) {
  EXPECT_EQ(hash_name("edition-", "00ffab12"), "edition-00ffab12");
}

TEST(HashName, NeverLooksLikeAPerson) {
  EXPECT_EQ(hash_name("erasure-", "ab198001019879ff"), "erasure-abhpogghghponpff");
  int rewritten = 0;
  for (int i = 0; i < 40'000; ++i) {
    const std::string hex = to_hex(sha256({std::to_string(i)}).view()).substr(0, 32);
    const std::string name = hash_name("rotation-", hex);
    EXPECT_FALSE(contains_person_number(name)) << name;
    EXPECT_TRUE(is_event_id(name)) << name;
    if (name != "rotation-" + hex) ++rewritten;
  }
  EXPECT_GT(rewritten, 0);
}

}  // namespace
}  // namespace liggare::domain
