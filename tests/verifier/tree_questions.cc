// Inclusion and consistency, in trees of every size up to 2^63, and roots of small ones.
#include "base/bytes.h"
#include "merkle/proof.h"
#include "tests/merkle/reference_tree.h"
#include "tests/verifier/mutation.h"
#include "tests/verifier/question.h"

namespace liggare::test {
namespace {

using merkle::ConsistencyProof;
using merkle::InclusionProof;
using merkle::ReferenceTree;

struct Inclusion {
  InclusionProof proof;
  Hash leaf;
  Hash root;
};

Inclusion right_inclusion(Chance& chance) {
  const std::uint64_t size = random_size(chance) + 1;
  const std::uint64_t index = chance.below(size);
  const auto tree = ReferenceTree::with_one_odd_leaf(chance.below(size));
  return {{index, size, tree.path(index, size)}, tree.leaf(index), tree.root(size)};
}

void damage(Inclusion& it, Chance& chance) {
  switch (chance.below(6)) {
    case 0:
      it.proof.leaf_index = mutated(it.proof.leaf_index, chance);
      break;
    case 1:
      it.proof.tree_size = mutated(it.proof.tree_size, chance);
      break;
    case 2:
      it.leaf = with_flipped_bit(it.leaf, chance);
      break;
    case 3:
      it.root = chance.percent(20) ? merkle::empty_root() : with_flipped_bit(it.root, chance);
      break;
    default:
      it.proof.path = mutated(std::move(it.proof.path), chance);
  }
}

Question ask_inclusion(Chance& chance) {
  Inclusion it = right_inclusion(chance);
  if (chance.percent(60)) damage(it, chance);
  Question question{"inclusion"};
  question.given.add("index", number_json(it.proof.leaf_index))
      .add("size", number_json(it.proof.tree_size))
      .add("path", hashes_json(it.proof.path))
      .add("leaf", hash_json(it.leaf));
  if (chance.percent(30)) {
    // The root that it leads to, right or not.
    question.operation = "rootFrom";
    const auto root = merkle::root_from(it.proof, it.leaf);
    question.answer = root ? Result<std::string>(to_hex(root->view())) : Unexpected{root.error()};
    return question;
  }
  question.given.add("root", hash_json(it.root));
  const auto verified = merkle::verify_inclusion(it.proof, it.leaf, it.root);
  if (!verified) question.answer = Unexpected{verified.error()};
  return question;
}

struct Growth {
  ConsistencyProof proof;
  Hash old_root;
  Hash new_root;
};

Growth right_growth(Chance& chance) {
  std::uint64_t old_size = random_size(chance);
  std::uint64_t new_size = chance.percent(10) ? old_size : random_size(chance);
  if (old_size > new_size) std::swap(old_size, new_size);
  const auto tree = ReferenceTree::with_one_odd_leaf(chance.below(new_size + 1));
  return {{old_size, new_size, tree.proof(old_size, new_size)},
          tree.root(old_size),
          tree.root(new_size)};
}

void damage(Growth& it, Chance& chance) {
  switch (chance.below(7)) {
    case 0:
      it.proof.old_size = mutated(it.proof.old_size, chance);
      break;
    case 1:
      it.proof.new_size = mutated(it.proof.new_size, chance);
      break;
    case 2:
      it.old_root = with_flipped_bit(it.old_root, chance);
      break;
    case 3:
      it.new_root = chance.percent(20) ? it.old_root : with_flipped_bit(it.new_root, chance);
      break;
    case 4:
      std::swap(it.old_root, it.new_root);
      break;
    default:
      it.proof.path = mutated(std::move(it.proof.path), chance);
  }
}

Question ask_consistency(Chance& chance) {
  Growth it = right_growth(chance);
  if (chance.percent(60)) damage(it, chance);
  Question question{"consistency"};
  question.given.add("oldSize", number_json(it.proof.old_size))
      .add("newSize", number_json(it.proof.new_size))
      .add("path", hashes_json(it.proof.path))
      .add("oldRoot", hash_json(it.old_root))
      .add("newRoot", hash_json(it.new_root));
  const auto verified = merkle::verify_consistency(it.proof, it.old_root, it.new_root);
  if (!verified) question.answer = Unexpected{verified.error()};
  return question;
}

Question ask_root(Chance& chance) {
  merkle::Frontier frontier;
  std::vector<merkle::Node> completed;
  Json leaves = Json::array();
  const std::size_t count = chance.below(20);
  for (std::size_t i = 0; i < count; ++i) {
    const std::string leaf(random_hash(chance).view().substr(0, chance.below(9)));
    frontier.append(merkle::leaf_hash(leaf), completed);
    leaves.push(bytes_json(leaf));
  }
  Question question{"root"};
  question.given.add("leaves", std::move(leaves));
  question.answer = to_hex(frontier.root().view());
  return question;
}

}  // namespace

Question ask_about_trees(Chance& chance) {
  const std::size_t kind = chance.below(100);
  if (kind < 50) return ask_inclusion(chance);
  if (kind < 97) return ask_consistency(chance);
  return ask_root(chance);
}

}  // namespace liggare::test
