#include "sealing/puncture_tree.h"

#include <gtest/gtest.h>

#include <set>

#include "vectors.h"

namespace liggare::sealing {
namespace {

const SecretKey& class_key() {
  static const SecretKey key(std::string(key_bytes, '\x17'));
  return key;
}

KeyNodes punctured_at(std::string_view index) {
  return puncture(whole_tree(class_key()), unhex(index)).value();
}

void expect_derives(const KeyNodes& nodes, std::string_view index) {
  const auto key = base_key(nodes, unhex(index));
  ASSERT_TRUE(key) << index;
  EXPECT_EQ(key->view(), base_key(class_key(), unhex(index)).view()) << index;
}

void expect_lost(const KeyNodes& nodes, std::string_view index) {
  const auto key = base_key(nodes, unhex(index));
  ASSERT_FALSE(key) << index;
  EXPECT_EQ(key.error().code, ErrorCode::not_found);
}

TEST(PunctureTree, WholeTreeDerivesEveryBaseKey) {
  for (const auto* index : {"00000000", "01234567", "ffffffff"}) {
    expect_derives(whole_tree(class_key()), index);
  }
}

TEST(PunctureTree, GivesEveryNibbleItsOwnChild) {
  std::set<std::string> children;
  for (unsigned nibble = 0; nibble < tree_arity; ++nibble) {
    children.emplace(child_key(class_key(), nibble).view());
  }
  EXPECT_EQ(children.size(), tree_arity);
}

TEST(PunctureTree, KeepsFifteenSiblingsALevel) {
  EXPECT_EQ(punctured_at("01234567").size(), tree_depth * (tree_arity - 1));
}

TEST(PunctureTree, LosesThePuncturedIndexAndKeepsItsNeighbours) {
  const KeyNodes nodes = punctured_at("01234567");
  expect_lost(nodes, "01234567");
  for (const auto* index :
       {"01234566", "01234568", "01234577", "01234067", "f1234567", "00000000", "ffffffff"}) {
    expect_derives(nodes, index);
  }
}

TEST(PunctureTree, HoldsNoKeyOfThePuncturedPath) {
  const std::string index = unhex("01234567");
  const KeyNodes nodes = punctured_at("01234567");
  SecretKey on_path = class_key().clone();
  for (const unsigned nibble : {0U, 1U, 2U, 3U, 4U, 5U, 6U, 7U}) {
    for (const KeyNode& node : nodes) EXPECT_NE(node.key.view(), on_path.view());
    on_path = child_key(on_path, nibble);
  }
  EXPECT_EQ(on_path.view(), base_key(class_key(), index).view());
  for (const KeyNode& node : nodes) EXPECT_NE(node.key.view(), on_path.view());
}

TEST(PunctureTree, PuncturesAgain) {
  const auto twice = puncture(punctured_at("01234567"), unhex("01234568"));
  ASSERT_TRUE(twice);
  // The second index was a kept leaf itself: it goes, and nothing comes in its place.
  EXPECT_EQ(twice->size(), tree_depth * (tree_arity - 1) - 1);
  expect_lost(*twice, "01234567");
  expect_lost(*twice, "01234568");
  expect_derives(*twice, "01234569");
}

TEST(PunctureTree, RefusesToPunctureAnIndexTwice) {
  const auto again = puncture(punctured_at("01234567"), unhex("01234567"));
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace liggare::sealing
