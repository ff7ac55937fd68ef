#include "vault/key_cache.h"

#include <gtest/gtest.h>

namespace liggare::vault {
namespace {

const ClassKeyName name{"participant/P1", PersonalClass::health};

ClassKey key(const std::string& id) {
  return {id, name, sealing::whole_tree(SecretKey(std::string(32, id[0])))};
}

TEST(KeyCache, HoldsNothingAtFirst) {
  const KeyCache cache;
  EXPECT_EQ(cache.current(name), nullptr);
  EXPECT_EQ(cache.find("a"), nullptr);
}

TEST(KeyCache, FindsACurrentKeyByNameAndById) {
  KeyCache cache;
  cache.put_current(key("a"));
  EXPECT_EQ(cache.current(name)->key_id, "a");
  EXPECT_EQ(cache.find("a")->nodes.at(0).key.view(), std::string(32, 'a'));
}

TEST(KeyCache, KeepsOlderGenerationsBesideTheCurrentOne) {
  KeyCache cache;
  cache.put_current(key("b"));
  cache.put(key("a"));
  EXPECT_EQ(cache.current(name)->key_id, "b");
  EXPECT_EQ(cache.find("a")->key_id, "a");
}

TEST(KeyCache, DoesNotTakeAnOlderGenerationForTheCurrentOne) {
  KeyCache cache;
  cache.put(key("a"));
  EXPECT_EQ(cache.current(name), nullptr);
}

TEST(KeyCache, ForgetsRatherThanGrowsWithoutBound) {
  KeyCache cache;
  cache.put_current(key("first"));
  for (int i = 0; i < 100'000; ++i) cache.put(key(std::to_string(i)));
  EXPECT_EQ(cache.current(name), nullptr);
  EXPECT_NE(cache.find("99999"), nullptr);
}

}  // namespace
}  // namespace liggare::vault
