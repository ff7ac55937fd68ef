#include "merkle/proof.h"

#include <gtest/gtest.h>

#include "tests/merkle/reference_tree.h"

namespace liggare::merkle {
namespace {

constexpr std::uint64_t two_to_the_63 = std::uint64_t{1} << 63;
constexpr std::uint64_t largest = ~std::uint64_t{0};
constexpr std::uint64_t sizes_to_try = 64;
constexpr std::size_t bits_in_hash = 8 * hash_bytes;

using Path = std::vector<Hash>;

Hash flipped(Hash hash, std::size_t bit) {
  hash.bytes[bit / 8] = static_cast<unsigned char>(hash.bytes[bit / 8] ^ 1U << bit % 8);
  return hash;
}

Path flipped(Path path, std::size_t element, std::size_t bit) {
  path[element] = flipped(path[element], bit);
  return path;
}

Path without(Path path, std::size_t element) {
  path.erase(path.begin() + static_cast<std::ptrdiff_t>(element));
  return path;
}

Path with(Path path, std::size_t element, const Hash& hash) {
  path.insert(path.begin() + static_cast<std::ptrdiff_t>(element), hash);
  return path;
}

Path swapped(Path path, std::size_t one, std::size_t other) {
  std::swap(path[one], path[other]);
  return path;
}

// Paths of another length than `path`: every element left out, doubled, preceded by zeros.
std::vector<Path> misshapen(const Path& path) {
  std::vector<Path> all = {with(path, path.size(), Hash{})};
  for (std::size_t i = 0; i < path.size(); ++i) {
    all.push_back(without(path, i));
    all.push_back(with(path, i, path[i]));
    all.push_back(with(path, i, Hash{}));
  }
  return all;
}

std::vector<Path> with_a_bit_flipped_in_each_element(const Path& path) {
  std::vector<Path> all;
  for (std::size_t i = 0; i < path.size(); ++i) {
    all.push_back(flipped(path, i, (path.size() * 37 + i * 101) % bits_in_hash));
  }
  return all;
}

// With each two elements swapped.
std::vector<Path> reordered(const Path& path) {
  std::vector<Path> all;
  for (std::size_t i = 0; i < path.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) all.push_back(swapped(path, i, j));
  }
  return all;
}

std::vector<Path> with_any_bit_flipped(const Path& path) {
  std::vector<Path> all;
  for (std::size_t i = 0; i < path.size(); ++i) {
    for (std::size_t bit = 0; bit < bits_in_hash; ++bit) all.push_back(flipped(path, i, bit));
  }
  return all;
}

// "verified", or the code of the refusal.
std::string verdict(const Result<void>& result) {
  return result ? "verified" : name_of(result.error().code);
}

const std::string verified = "verified";
const std::string malformed = name_of(ErrorCode::invalid_argument);
const std::string wrong = name_of(ErrorCode::corrupt);

// A leaf of a tree, and what is claimed of it.
class Inclusion {
 public:
  Inclusion(const ReferenceTree& tree, std::uint64_t leaf_index, std::uint64_t tree_size)
      : proof{leaf_index, tree_size, tree.path(leaf_index, tree_size)},
        leaf(tree.leaf(leaf_index)),
        root(tree.root(tree_size)) {}

  std::string check() const { return verdict(verify_inclusion(proof, leaf, root)); }
  std::string check(const Path& path) const {
    return verdict(verify_inclusion({proof.leaf_index, proof.tree_size, path}, leaf, root));
  }
  std::string check_at(std::uint64_t index) const {
    return verdict(verify_inclusion({index, proof.tree_size, proof.path}, leaf, root));
  }

  InclusionProof proof;
  Hash leaf;
  Hash root;
};

// Two sizes of a tree, and what is claimed of them.
class Consistency {
 public:
  Consistency(const ReferenceTree& tree, std::uint64_t old_size, std::uint64_t new_size)
      : proof{old_size, new_size, tree.proof(old_size, new_size)},
        old_root(tree.root(old_size)),
        new_root(tree.root(new_size)) {}

  std::string check() const { return verdict(verify_consistency(proof, old_root, new_root)); }
  std::string check(const Path& path) const {
    return verdict(verify_consistency({proof.old_size, proof.new_size, path}, old_root, new_root));
  }
  std::string check_from(std::uint64_t size) const {
    return verdict(verify_consistency({size, proof.new_size, proof.path}, old_root, new_root));
  }

  ConsistencyProof proof;
  Hash old_root;
  Hash new_root;
};

class Proofs : public testing::Test {
 protected:
  template <class Check>
  void for_every_leaf_of_trees_up_to(std::uint64_t size_max, Check check) {
    for (std::uint64_t size = 1; size <= size_max; ++size) {
      for (std::uint64_t index = 0; index < size; ++index) {
        SCOPED_TRACE(testing::Message() << "leaf " << index << " of " << size);
        check(Inclusion(tree, index, size));
      }
    }
  }

  // Growth only: 0 < old < new.
  template <class Check>
  void for_every_growth_of_trees_up_to(std::uint64_t size_max, Check check) {
    for (std::uint64_t size = 2; size <= size_max; ++size) {
      for (std::uint64_t old_size = 1; old_size < size; ++old_size) {
        SCOPED_TRACE(testing::Message() << "from " << old_size << " to " << size);
        check(Consistency(tree, old_size, size));
      }
    }
  }

  ReferenceTree tree;
};

using InclusionProofs = Proofs;
using ConsistencyProofs = Proofs;

TEST_F(InclusionProofs, AreMadeAsTheReferenceMakesThem) {
  for_every_leaf_of_trees_up_to(130, [&](const Inclusion& claim) {
    const auto [index, size, path] = claim.proof;
    EXPECT_EQ(*prove_inclusion(index, size, tree.stored(size)), claim.proof);
    EXPECT_EQ(*prove_inclusion(index, size, tree.stored(200)), claim.proof);
  });
}

TEST_F(InclusionProofs, AreNotMadeOfALeafThatIsNotInTheTree) {
  for (const std::uint64_t index : {std::uint64_t{8}, two_to_the_63, largest}) {
    EXPECT_EQ(prove_inclusion(index, 8, tree.stored(8)).error().code, ErrorCode::invalid_argument);
  }
  EXPECT_FALSE(prove_inclusion(0, 0, tree.stored(8)));
}

TEST_F(InclusionProofs, AreNotMadeOfATreeThatIsNotStored) {
  EXPECT_EQ(prove_inclusion(0, 9, tree.stored(8)).error().code, ErrorCode::not_found);
  EXPECT_EQ(prove_inclusion(0, largest, tree.stored(8)).error().code, ErrorCode::not_found);
}

TEST_F(InclusionProofs, AreVerified) {
  for_every_leaf_of_trees_up_to(130,
                                [](const Inclusion& claim) { EXPECT_EQ(claim.check(), verified); });
}

TEST_F(InclusionProofs, ImplyTheRoot) {
  for_every_leaf_of_trees_up_to(sizes_to_try, [](const Inclusion& claim) {
    EXPECT_EQ(*root_from(claim.proof, claim.leaf), claim.root);
  });
}

TEST_F(InclusionProofs, OfAnotherLengthAreMalformed) {
  for_every_leaf_of_trees_up_to(sizes_to_try, [](const Inclusion& claim) {
    for (const Path& path : misshapen(claim.proof.path)) EXPECT_EQ(claim.check(path), malformed);
  });
}

TEST_F(InclusionProofs, WithAChangedElementAreWrong) {
  for_every_leaf_of_trees_up_to(sizes_to_try, [](const Inclusion& claim) {
    for (const Path& path : with_a_bit_flipped_in_each_element(claim.proof.path))
      EXPECT_EQ(claim.check(path), wrong);
  });
}

TEST_F(InclusionProofs, WithTwoElementsSwappedAreWrong) {
  for_every_leaf_of_trees_up_to(sizes_to_try, [](const Inclusion& claim) {
    for (const Path& path : reordered(claim.proof.path)) EXPECT_EQ(claim.check(path), wrong);
  });
}

TEST_F(InclusionProofs, WithAnyBitFlippedAreWrong) {
  for_every_leaf_of_trees_up_to(16, [](const Inclusion& claim) {
    for (const Path& path : with_any_bit_flipped(claim.proof.path)) {
      EXPECT_EQ(claim.check(path), wrong);
    }
  });
}

TEST_F(InclusionProofs, OfAnotherLeafOrForAnotherRootAreWrong) {
  for_every_leaf_of_trees_up_to(sizes_to_try, [](Inclusion claim) {
    std::swap(claim.leaf, claim.root);
    EXPECT_EQ(claim.check(), claim.proof.tree_size == 1 ? verified : wrong);
    std::swap(claim.leaf, claim.root);
    claim.leaf = flipped(claim.leaf, 255);
    EXPECT_EQ(claim.check(), wrong);
    claim.leaf = flipped(claim.leaf, 255);
    claim.root = flipped(claim.root, 0);
    EXPECT_EQ(claim.check(), wrong);
  });
}

TEST_F(InclusionProofs, ProveTheLeafsPlace) {
  for_every_leaf_of_trees_up_to(sizes_to_try, [](const Inclusion& claim) {
    for (std::uint64_t index = 0; index < claim.proof.tree_size + 2; ++index) {
      if (index != claim.proof.leaf_index) {
        EXPECT_NE(claim.check_at(index), verified) << index;
      }
    }
  });
}

TEST_F(InclusionProofs, OfAHugeIndexAreMalformed) {
  const Inclusion claim(tree, 5, 8);
  for (const std::uint64_t index : {two_to_the_63 - 1, two_to_the_63, two_to_the_63 + 5, largest}) {
    EXPECT_EQ(claim.check_at(index), malformed);
  }
}

TEST_F(InclusionProofs, InAnEmptyTreeAreMalformed) {
  for (const std::uint64_t index : {std::uint64_t{0}, largest}) {
    EXPECT_EQ(verdict(verify_inclusion({index, 0, {}}, empty_root(), empty_root())), malformed);
  }
}

TEST_F(ConsistencyProofs, AreMadeAsTheReferenceMakesThem) {
  for_every_growth_of_trees_up_to(130, [&](const Consistency& claim) {
    const auto [old_size, new_size, path] = claim.proof;
    EXPECT_EQ(*prove_consistency(old_size, new_size, tree.stored(new_size)), claim.proof);
    EXPECT_EQ(*prove_consistency(old_size, new_size, tree.stored(200)), claim.proof);
  });
}

TEST_F(ConsistencyProofs, OfAnEmptyOrEquallyLargeTreeHaveNoPath) {
  for (std::uint64_t size = 0; size < 20; ++size) {
    EXPECT_TRUE(prove_consistency(0, size, tree.stored(size))->path.empty());
    EXPECT_TRUE(prove_consistency(size, size, tree.stored(size))->path.empty());
  }
}

TEST_F(ConsistencyProofs, AreNotMadeWithASmallerTree) {
  EXPECT_EQ(prove_consistency(8, 7, tree.stored(8)).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(prove_consistency(largest, 0, tree.stored(8)).error().code,
            ErrorCode::invalid_argument);
}

TEST_F(ConsistencyProofs, AreNotMadeOfATreeThatIsNotStored) {
  EXPECT_EQ(prove_consistency(3, 9, tree.stored(8)).error().code, ErrorCode::not_found);
  EXPECT_EQ(prove_consistency(3, largest, tree.stored(8)).error().code, ErrorCode::not_found);
}

TEST_F(ConsistencyProofs, AreNotMadeWithoutAnyOfTheirNodes) {
  int reads = 0;
  const auto failing = [&](int at, int& count) -> NodeReader {
    return [at, &count, read = tree.stored(7)](NodeId id) -> Result<Hash> {
      if (++count == at) return fail(ErrorCode::io, "unreadable");
      return read(id);
    };
  };
  ASSERT_TRUE(prove_consistency(3, 7, failing(0, reads)));
  const int needed = reads;
  EXPECT_GE(needed, 4);
  for (int at = 1; at <= needed; ++at) {
    reads = 0;
    EXPECT_EQ(prove_consistency(3, 7, failing(at, reads)).error().code, ErrorCode::io) << at;
  }
}

TEST_F(ConsistencyProofs, AreVerified) {
  for_every_growth_of_trees_up_to(
      130, [](const Consistency& claim) { EXPECT_EQ(claim.check(), verified); });
}

TEST_F(ConsistencyProofs, OfAnotherLengthAreMalformed) {
  for_every_growth_of_trees_up_to(sizes_to_try, [](const Consistency& claim) {
    for (const Path& path : misshapen(claim.proof.path)) EXPECT_EQ(claim.check(path), malformed);
    EXPECT_EQ(claim.check(Path{}), malformed);
    EXPECT_EQ(claim.check(with(claim.proof.path, 0, claim.old_root)), malformed);
  });
}

TEST_F(ConsistencyProofs, WithAChangedElementAreWrong) {
  for_every_growth_of_trees_up_to(sizes_to_try, [](const Consistency& claim) {
    for (const Path& path : with_a_bit_flipped_in_each_element(claim.proof.path))
      EXPECT_EQ(claim.check(path), wrong);
  });
}

TEST_F(ConsistencyProofs, WithTwoElementsSwappedAreWrong) {
  for_every_growth_of_trees_up_to(sizes_to_try, [](const Consistency& claim) {
    for (const Path& path : reordered(claim.proof.path)) EXPECT_EQ(claim.check(path), wrong);
  });
}

TEST_F(ConsistencyProofs, WithAnyBitFlippedAreWrong) {
  for_every_growth_of_trees_up_to(16, [](const Consistency& claim) {
    for (const Path& path : with_any_bit_flipped(claim.proof.path)) {
      EXPECT_EQ(claim.check(path), wrong);
    }
  });
}

TEST_F(ConsistencyProofs, ForOtherRootsAreWrong) {
  for_every_growth_of_trees_up_to(sizes_to_try, [](Consistency claim) {
    std::swap(claim.old_root, claim.new_root);
    EXPECT_EQ(claim.check(), wrong);
    std::swap(claim.old_root, claim.new_root);
    claim.old_root = flipped(claim.old_root, 255);
    EXPECT_EQ(claim.check(), wrong);
    claim.old_root = flipped(claim.old_root, 255);
    claim.new_root = flipped(claim.new_root, 0);
    EXPECT_EQ(claim.check(), wrong);
  });
}

TEST_F(ConsistencyProofs, ProveTheOldTreesSize) {
  for_every_growth_of_trees_up_to(sizes_to_try, [](const Consistency& claim) {
    for (std::uint64_t size = 0; size < claim.proof.new_size + 2; ++size) {
      if (size != claim.proof.old_size) {
        EXPECT_NE(claim.check_from(size), verified) << size;
      }
    }
  });
}

TEST_F(ConsistencyProofs, RefuseATreeWithARewrittenLeaf) {
  for (std::uint64_t rewritten = 0; rewritten < 11; ++rewritten) {
    const auto honest = ReferenceTree::with_one_odd_leaf(largest);
    const auto other = ReferenceTree::with_one_odd_leaf(rewritten);
    for (std::uint64_t old_size = rewritten + 1; old_size < 16; ++old_size) {
      Consistency claim(other, old_size, 16);
      claim.old_root = honest.root(old_size);
      EXPECT_EQ(claim.check(), wrong) << rewritten << " before " << old_size;
    }
  }
}

TEST_F(ConsistencyProofs, OfEqualSizesAskForEqualRootsAndNoPath) {
  Consistency claim(tree, 7, 7);
  EXPECT_EQ(claim.check(), verified);
  EXPECT_EQ(claim.check({claim.old_root}), malformed);
  claim.new_root = tree.root(8);
  EXPECT_EQ(claim.check(), wrong);
}

TEST_F(ConsistencyProofs, FromNothingAskForNoPath) {
  const Consistency claim(tree, 0, 7);
  EXPECT_EQ(claim.check(), verified);
  EXPECT_EQ(claim.check({claim.new_root}), malformed);
}

TEST_F(ConsistencyProofs, OfTwoEmptyTreesAskForEqualRootsAndNoPath) {
  Consistency claim(tree, 0, 0);
  EXPECT_EQ(claim.check(), verified);
  EXPECT_EQ(claim.check({claim.old_root}), malformed);
  claim.new_root = tree.root(1);
  EXPECT_EQ(claim.check(), wrong);
}

TEST_F(ConsistencyProofs, WithASmallerTreeAreMalformed) {
  const Consistency claim(tree, 6, 11);
  for (const std::uint64_t size : {std::uint64_t{12}, two_to_the_63, largest}) {
    EXPECT_EQ(claim.check_from(size), malformed);
  }
  EXPECT_EQ(verdict(verify_consistency({1, 0, {}}, empty_root(), empty_root())), malformed);
}

// Sizes at which shifts and sums overflow where they can, with indexes at both edges, at the
// split, and in between.
class HugeTrees : public testing::Test {
 protected:
  const std::vector<std::uint64_t> sizes = {
      two_to_the_63 - 1, two_to_the_63,
      two_to_the_63 + 1, two_to_the_63 + (std::uint64_t{1} << 40) + 5,
      largest - 1,       largest};

  std::vector<std::uint64_t> places_below(std::uint64_t size) const {
    std::vector<std::uint64_t> places;
    for (const std::uint64_t place :
         {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{0x0123456789abcdef}, two_to_the_63 - 2,
          two_to_the_63 - 1, two_to_the_63, two_to_the_63 + 1, size - 2, size - 1}) {
      if (place < size) places.push_back(place);
    }
    return places;
  }

  // As the store gives nodes, counting.
  NodeReader counted(const ReferenceTree& tree, std::uint64_t size) {
    reads = 0;
    return [this, read = tree.stored(size)](NodeId id) {
      ++reads;
      return read(id);
    };
  }

  int reads = 0;
};

TEST_F(HugeTrees, AreProvedAndVerifiedLikeSmallOnes) {
  for (const std::uint64_t size : sizes) {
    for (const std::uint64_t index : places_below(size)) {
      SCOPED_TRACE(testing::Message() << "leaf " << index << " of " << size);
      const auto tree = ReferenceTree::with_one_odd_leaf(index);
      const Inclusion claim(tree, index, size);
      EXPECT_EQ(*prove_inclusion(index, size, counted(tree, size)), claim.proof);
      EXPECT_LE(reads, 128);
      EXPECT_EQ(claim.check(), verified);
      for (const Path& path : misshapen(claim.proof.path)) EXPECT_EQ(claim.check(path), malformed);
      for (const Path& path : with_a_bit_flipped_in_each_element(claim.proof.path)) {
        EXPECT_EQ(claim.check(path), wrong);
      }
    }
  }
}

TEST_F(HugeTrees, AreProvedAndVerifiedToHaveGrownLikeSmallOnes) {
  for (const std::uint64_t size : sizes) {
    for (const std::uint64_t old_size : places_below(size)) {
      if (old_size == 0) continue;
      SCOPED_TRACE(testing::Message() << "from " << old_size << " to " << size);
      const auto tree = ReferenceTree::with_one_odd_leaf(old_size - 1);
      const Consistency claim(tree, old_size, size);
      EXPECT_EQ(*prove_consistency(old_size, size, counted(tree, size)), claim.proof);
      EXPECT_LE(reads, 128);
      EXPECT_EQ(claim.check(), verified);
      for (const Path& path : misshapen(claim.proof.path)) EXPECT_EQ(claim.check(path), malformed);
      for (const Path& path : with_a_bit_flipped_in_each_element(claim.proof.path)) {
        EXPECT_EQ(claim.check(path), wrong);
      }
    }
  }
}

TEST_F(HugeTrees, HavePathsOf64HashesAtMost) {
  const auto tree = ReferenceTree::with_one_odd_leaf(0);
  EXPECT_EQ(prove_inclusion(0, largest, tree.stored(largest))->path.size(), 64U);
  EXPECT_EQ(prove_inclusion(0, two_to_the_63 + 1, tree.stored(largest))->path.size(), 64U);
  EXPECT_EQ(prove_inclusion(two_to_the_63, two_to_the_63 + 1, tree.stored(largest))->path.size(),
            1U);
  EXPECT_EQ(prove_consistency(3, largest, tree.stored(largest))->path.size(), 65U);
}

TEST_F(HugeTrees, RefuseAPathOfAMillionHashesBeforeHashingIt) {
  const Path path(1'000'000, empty_root());
  for (const std::uint64_t size : sizes) {
    EXPECT_EQ(verdict(verify_inclusion({0, size, path}, Hash{}, Hash{})), malformed);
    EXPECT_EQ(verdict(verify_consistency({0, size, path}, Hash{}, Hash{})), malformed);
    EXPECT_EQ(verdict(verify_consistency({3, size, path}, Hash{}, Hash{})), malformed);
    EXPECT_EQ(verdict(verify_consistency({size, size, path}, Hash{}, Hash{})), malformed);
  }
}

}  // namespace
}  // namespace liggare::merkle
