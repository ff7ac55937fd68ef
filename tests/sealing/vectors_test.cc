// Every field of every known answer, so that no byte changes from release to release.
#include "vectors.h"

#include <gtest/gtest.h>

#include "sealing/hkdf.h"
#include "sealing/padding.h"
#include "sealing/puncture_tree.h"

namespace liggare::sealing {
namespace {

class SectionVectors : public ::testing::TestWithParam<SectionVector> {
 protected:
  const SectionVector& known() const { return GetParam(); }
  const Section& section() const { return known().section; }
  SecretKey base() const { return SecretKey(known().base_key); }
};

TEST_P(SectionVectors, ContextIsBound) {
  EXPECT_EQ(context_bytes(known().event, section().personal_class), known().context);
}

TEST_P(SectionVectors, BaseKeyIsTheLeafAtTheIndex) {
  EXPECT_EQ(base_key(SecretKey(known().class_key), section().index).view(), known().base_key);
}

TEST_P(SectionVectors, KeysFollowFromTheBaseKey) {
  EXPECT_EQ(hkdf_extract(section().salt, known().base_key).view(), known().pseudorandom_key);
  const SecretKey key = section_key(base(), known().event, section());
  EXPECT_EQ(key.view(), known().section_key);
  EXPECT_EQ(hkdf_expand(key, {"liggare/aead/v1"}).view(), known().encryption_key);
}

TEST_P(SectionVectors, PlaintextIsThePaddedObject) {
  EXPECT_EQ(pad(known().json), known().plaintext);
}

TEST_P(SectionVectors, SealsToTheSameBytes) {
  const SectionDraft draft{.personal_class = section().personal_class,
                           .key_id = section().key_id,
                           .index = section().index,
                           .salt = section().salt,
                           .json = known().json};
  EXPECT_EQ(seal(base(), known().event, draft), section());
}

TEST_P(SectionVectors, OpensUnderItsSectionKey) {
  const auto opened = open(SecretKey(known().section_key), known().event, section());
  ASSERT_TRUE(opened) << opened.error().message;
  EXPECT_EQ(*opened, known().json);
}

INSTANTIATE_TEST_SUITE_P(Golden, SectionVectors, ::testing::ValuesIn(read_section_vectors()),
                         [](const auto& parameter) { return std::to_string(parameter.index); });

TEST(SectionVectorFile, HoldsFiveSectionsAndOnePunctured) {
  const auto vectors = read_section_vectors();
  EXPECT_EQ(vectors.size(), 5U);
  EXPECT_EQ(vectors.at(0).punctured.size(), tree_depth);
}

TEST(SectionVectorFile, PunctureKeepsTheKnownSiblings) {
  const SectionVector known = read_section_vectors().at(0);
  const auto nodes = puncture(whole_tree(SecretKey(known.class_key)), known.section.index);
  ASSERT_TRUE(nodes);
  auto node = nodes->begin();
  std::string path;
  for (const PuncturedLevel& level : known.punctured) {
    ASSERT_EQ(level.siblings.size(), tree_arity - 1);
    for (const auto& [nibble, key] : level.siblings) {
      ASSERT_NE(node, nodes->end());
      EXPECT_EQ(node->path, path + static_cast<char>(nibble));
      EXPECT_EQ(node->key.view(), key);
      ++node;
    }
    path.push_back(static_cast<char>(level.nibble));
  }
  EXPECT_EQ(node, nodes->end());
}

}  // namespace
}  // namespace liggare::sealing
