#include "merkle/bucket_tree.h"

#include <gtest/gtest.h>

#include "merkle/tree.h"

namespace liggare::merkle {
namespace {

const Hash empty = leaf_hash("empty");

// The RFC 6962 root over all buckets, leaf by leaf.
Hash reference_root(const BucketTree& tree) {
  Frontier frontier;
  std::vector<Node> completed;
  for (std::size_t i = 0; i < bucket_count; ++i) {
    completed.clear();
    frontier.append(tree.leaf_hash(static_cast<BucketNumber>(i)), completed);
  }
  return frontier.root();
}

TEST(Bucket, IsTheStartOfItsKeysHash) {
  EXPECT_EQ(bucket_of(""), 0xe3b0);
  EXPECT_EQ(bucket_of("abc"), 0xba78);
}

TEST(BucketTree, HasTheRootOfItsBuckets) {
  BucketTree tree(empty);
  EXPECT_EQ(tree.root(), reference_root(tree));
  for (const BucketNumber bucket :
       std::initializer_list<BucketNumber>{0, 1, 2, 3, 77, 32'767, 32'768, 65'535}) {
    tree.set(bucket, leaf_hash(std::to_string(bucket)));
  }
  EXPECT_EQ(tree.root(), reference_root(tree));
}

TEST(BucketTree, FollowsEveryChange) {
  BucketTree tree(empty);
  const Hash at_first = tree.root();
  tree.set(65'535, leaf_hash("a"));
  tree.set(65'535, leaf_hash("b"));
  tree.set(4, leaf_hash("c"));
  tree.set(4, leaf_hash("c"));
  EXPECT_EQ(tree.leaf_hash(65'535), leaf_hash("b"));
  EXPECT_EQ(tree.root(), reference_root(tree));
  tree.set(65'535, empty);
  EXPECT_EQ(tree.root(), reference_root(tree));
  tree.set(4, empty);
  EXPECT_EQ(tree.root(), at_first);
}

TEST(BucketTree, ProvesEachBucketAlsoRightAfterAChange) {
  BucketTree tree(empty);
  for (const BucketNumber bucket : std::initializer_list<BucketNumber>{0, 5, 40'000, 65'535}) {
    const auto beside = static_cast<BucketNumber>(bucket ^ 2);
    tree.set(bucket, leaf_hash(std::to_string(bucket)));
    tree.set(beside, leaf_hash(std::to_string(beside)));
    const std::vector<Hash> path = tree.path(bucket);
    EXPECT_EQ(path.size(), 16U);
    EXPECT_TRUE(
        verify_inclusion({bucket, bucket_count, path}, tree.leaf_hash(bucket), tree.root()));
  }
}

}  // namespace
}  // namespace liggare::merkle
