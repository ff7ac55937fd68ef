// Known answers by others, which stay outside of the project: read where they are at hand.
#include <gtest/gtest.h>
#include <simdjson.h>

#include <filesystem>
#include <map>
#include <string>

#include "base/bytes.h"
#include "merkle/checkpoint.h"
#include "merkle/proof.h"
#include "merkle/tile.h"
#include "tests/merkle/hash_text.h"

namespace liggare::merkle {
namespace {

using Json = simdjson::dom::element;

std::string text(const Json& json) { return std::string(std::string_view(json)); }
std::uint64_t number(const Json& json) { return std::uint64_t(json); }
Result<Hash> hash(const Json& json) { return hash_from_hex(text(json)); }

Result<std::vector<Hash>> hashes(const Json& json) {
  std::vector<Hash> all;
  for (const Json& element : json.get_array()) {
    LIGGARE_TRY(Hash one, hash(element));
    all.push_back(one);
  }
  return all;
}

// A hash of the wrong length is refused where it is read, as in every reader of ours.
Result<void> inclusion(const Json& json) {
  LIGGARE_TRY(const Hash leaf, hash(json["leaf"]));
  LIGGARE_TRY(const Hash root, hash(json["root"]));
  LIGGARE_TRY(std::vector<Hash> path, hashes(json["proof"]));
  return verify_inclusion({number(json["index"]), number(json["size"]), path}, leaf, root);
}

Result<void> consistency(const Json& json) {
  LIGGARE_TRY(const Hash old_root, hash(json["root1"]));
  LIGGARE_TRY(const Hash new_root, hash(json["root2"]));
  LIGGARE_TRY(std::vector<Hash> path, hashes(json["proof"]));
  return verify_consistency({number(json["size1"]), number(json["size2"]), path}, old_root,
                            new_root);
}

// A stored tree of given leaves.
class StoredTree {
 public:
  void append(std::string_view leaf) {
    std::vector<Node> completed;
    frontier.append(leaf_hash(leaf), completed);
    for (const Node& node : completed) nodes.emplace(node.id, node.hash);
  }
  NodeReader reader() const {
    return [this](NodeId id) -> Result<Hash> { return nodes.at(id); };
  }

  Frontier frontier;
  std::map<NodeId, Hash> nodes;
};

class SharedVectors : public testing::Test {
 protected:
  void SetUp() override {
    const auto file = std::filesystem::path(LIGGARE_SOURCE_DIR) / "../shared/vectors.json";
    if (!std::filesystem::exists(file)) {
      GTEST_SKIP() << "vectors.json is absent; tests/golden/proofs and the known answers in "
                      "tree_test cover the same ground";
    }
    vectors = parser.load(file.string());
  }

  StoredTree classic_tree() const {
    StoredTree tree;
    for (const Json& leaf : vectors["classic8"]["leafInputs"].get_array()) {
      tree.append(*from_hex(text(leaf)));
    }
    return tree;
  }

  static StoredTree decimal_tree(std::uint64_t tree_size) {
    StoredTree tree;
    for (std::uint64_t i = 0; i < tree_size; ++i) tree.append(std::to_string(i));
    return tree;
  }

  // The tree that the case was made from, where its leaves are known.
  static const StoredTree* tree_of(const std::string& description, const StoredTree& classic,
                                   const StoredTree& decimal) {
    if (description.rfind("classic8/", 0) == 0) return &classic;
    if (description.rfind("decimal/", 0) == 0) return &decimal;
    return nullptr;
  }

  simdjson::dom::parser parser;
  Json vectors;
};

TEST_F(SharedVectors, OfHashesAreMet) {
  const Json hashing = vectors["hashing"];
  EXPECT_EQ(empty_root(), *hash(hashing["emptyRoot"]));
  EXPECT_EQ(to_base64(empty_root().view()), text(vectors["emptyTreeRootBase64"]));
  for (const Json& leaf : hashing["leafHash"].get_array()) {
    EXPECT_EQ(leaf_hash(*from_hex(text(leaf["data"]))), *hash(leaf["hash"]));
  }
  // Their node hash joins any bytes, and ours takes two hashes.
  for (const Json& node : hashing["nodeHash"].get_array()) {
    const std::string children = *from_hex(text(node["left"])) + *from_hex(text(node["right"]));
    EXPECT_EQ(sha256({std::string_view("\1", 1), children}), *hash(node["hash"]));
  }
}

TEST_F(SharedVectors, OfTheClassicTreeAreMet) {
  const Json classic = vectors["classic8"];
  const StoredTree tree = classic_tree();
  const std::map<unsigned, const char*> levels = {{0, "leafHashes"}, {1, "level1"}, {2, "level2"}};
  for (const auto& [level, key] : levels) {
    std::uint64_t index = 0;
    for (const Json& node : classic[key].get_array()) {
      EXPECT_EQ(tree.nodes.at({level, index++}), *hash(node));
    }
    EXPECT_EQ(index, std::uint64_t{8} >> level);
  }
  std::uint64_t tree_size = 0;
  for (const Json& root : classic["rootBySize"].get_array()) {
    EXPECT_EQ(*root_at(tree_size++, tree.reader()), *hash(root));
  }
  EXPECT_EQ(tree_size, 9U);
}

TEST_F(SharedVectors, OfTheClassicPathsAreMet) {
  const StoredTree tree = classic_tree();
  for (const auto& [name, path] : vectors["classic8"]["ctReferencePaths_oneBased"].get_object()) {
    const std::string place(name);
    const std::uint64_t leaf = std::stoull(place.substr(0, place.find('/')));
    const std::uint64_t tree_size = std::stoull(place.substr(place.find('/') + 1));
    EXPECT_EQ(prove_inclusion(leaf - 1, tree_size, tree.reader())->path, *hashes(path)) << place;
  }
}

TEST_F(SharedVectors, OfTheDecimalTreesRootsAreMet) {
  const StoredTree tree = decimal_tree(70'000);
  for (const Json& known : vectors["decimalLeafRoots"].get_array()) {
    const std::uint64_t tree_size = number(known["size"]);
    EXPECT_EQ(*root_at(tree_size, tree.reader()), *hash(known["root"])) << tree_size;
  }
  EXPECT_EQ(vectors["decimalLeafRoots"].get_array().size(), 44U);
}

TEST_F(SharedVectors, OfInclusionAreJudgedAndMadeAlike) {
  const StoredTree classic = classic_tree();
  const StoredTree decimal = decimal_tree(1000);
  int cases = 0;
  for (const Json& one : vectors["inclusion"].get_array()) {
    SCOPED_TRACE(text(one["desc"]));
    EXPECT_EQ(inclusion(one).has_value(), bool(one["ok"]));
    ++cases;
    const StoredTree* tree = tree_of(text(one["desc"]), classic, decimal);
    if (tree == nullptr) continue;
    const auto made = prove_inclusion(number(one["index"]), number(one["size"]), tree->reader());
    EXPECT_EQ(made->path, *hashes(one["proof"]));
  }
  EXPECT_EQ(cases, 146);
}

TEST_F(SharedVectors, OfConsistencyAreJudgedAndMadeAlike) {
  const StoredTree classic = classic_tree();
  const StoredTree decimal = decimal_tree(1000);
  int cases = 0;
  for (const Json& one : vectors["consistency"].get_array()) {
    SCOPED_TRACE(text(one["desc"]));
    EXPECT_EQ(consistency(one).has_value(), bool(one["ok"]));
    ++cases;
    const StoredTree* tree = tree_of(text(one["desc"]), classic, decimal);
    if (tree == nullptr) continue;
    const auto made = prove_consistency(number(one["size1"]), number(one["size2"]), tree->reader());
    EXPECT_EQ(made->path, *hashes(one["proof"]));
  }
  EXPECT_EQ(cases, 144);
}

TEST_F(SharedVectors, OfKeyIdsAreMet) {
  for (const Json& known : vectors["keyIDs"].get_array()) {
    VerifierKey key{text(known["name"]), KeyType(number(known["type"])), {}};
    const Hash bytes = *hash(known["pub"]);
    key.public_key = bytes.bytes;
    EXPECT_EQ(key.id(), get_u32(*from_hex(text(known["keyID"])))) << key.name;
    EXPECT_EQ(*VerifierKey::parse(key.text()), key);
    std::string_view seed;
    if (known["seed"].get(seed) != simdjson::SUCCESS) continue;
    EXPECT_EQ(SigningKey(key.name, key.type, SecretKey(*from_hex(seed))).verifier(), key);
  }
}

Result<bool> judge_note(const Json& json) {
  LIGGARE_TRY(const VerifierKey key, VerifierKey::parse(text(json["vkey"])));
  LIGGARE_TRY(const SignedNote note, SignedNote::parse(text(json["note"])));
  return is_signed_by(note, key);
}

TEST_F(SharedVectors, OfNotesAreJudgedAlike) {
  int cases = 0;
  for (const Json& one : vectors["notes"].get_array()) {
    const auto is_good = judge_note(one);
    EXPECT_EQ(is_good && *is_good, bool(one["ok"])) << text(one["desc"]);
    ++cases;
  }
  EXPECT_EQ(cases, 9);
}

TEST_F(SharedVectors, OfTilePathsAreMet) {
  for (const Json& known : vectors["tilePaths"].get_array()) {
    const TileId tile{TileKind::entries, 0, number(known["n"])};
    EXPECT_EQ(tile.path(), "tile/entries/" + text(known["path"]));
    EXPECT_EQ(*TileId::parse(tile.path()), tile);
  }
}

TEST_F(SharedVectors, OfTilesForASizeAreMet) {
  for (const auto& [size, levels] : vectors["tilesForSize"].get_object()) {
    std::vector<TileId> known;
    for (const Json& level : levels.get_array()) {
      TileId tile{TileKind::hashes, static_cast<unsigned>(number(level["level"]))};
      for (; tile.index < number(level["full"]); ++tile.index) known.push_back(tile);
      tile.width = static_cast<unsigned>(number(level["partial"]));
      if (tile.width != 0) known.push_back(tile);
    }
    std::vector<TileId> ours = tiles_between(0, std::stoull(std::string(size)));
    std::erase_if(ours, [](const TileId& tile) { return tile.kind == TileKind::entries; });
    EXPECT_EQ(ours, known) << size;
  }
}

}  // namespace
}  // namespace liggare::merkle
