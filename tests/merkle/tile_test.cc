#include "merkle/tile.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace liggare::merkle {
namespace {

constexpr std::uint64_t largest_size = 9'223'372'036'854'775'807;

struct PathCase {
  TileId tile;
  const char* path;
};
const PathCase path_cases[] = {
    {{TileKind::hashes, 0, 0}, "tile/0/000"},
    {{TileKind::hashes, 1, 999}, "tile/1/999"},
    {{TileKind::hashes, 0, 1000}, "tile/0/x001/000"},
    {{TileKind::hashes, 2, 1234067}, "tile/2/x001/x234/067"},
    {{TileKind::hashes, 0, 1'000'000'000}, "tile/0/x001/x000/x000/000"},
    {{TileKind::hashes, 3, 67, 1}, "tile/3/067.p/1"},
    {{TileKind::hashes, 7, 0, 127}, "tile/7/000.p/127"},
    {{TileKind::entries, 0, 1234067, 255}, "tile/entries/x001/x234/067.p/255"},
    {{TileKind::entries, 0, 5}, "tile/entries/005"},
};

std::vector<std::string> paths_between(std::uint64_t old_size, std::uint64_t tree_size) {
  std::vector<std::string> paths;
  for (const TileId& tile : tiles_between(old_size, tree_size)) paths.push_back(tile.path());
  return paths;
}

// A tree of the leaves "0", "1" … with every node at hand.
struct StoredTree {
  explicit StoredTree(std::uint64_t tree_size) {
    std::vector<Node> completed;
    for (std::uint64_t i = 0; i < tree_size; ++i) {
      frontier.append(leaf_hash(std::to_string(i)), completed);
    }
    for (const Node& node : completed) nodes.emplace(node.id, node.hash);
  }
  Result<std::vector<Hash>> tile(const TileId& id) const {
    const NodeReader read = [this](NodeId node) -> Result<Hash> {
      if (nodes.contains(node)) return nodes.at(node);
      return fail(ErrorCode::not_found, "no such node");
    };
    LIGGARE_TRY(const std::string bytes, hash_tile(id, read));
    return read_hash_tile(id, bytes);
  }

  Frontier frontier;
  std::map<NodeId, Hash> nodes;
};

TEST(TilePath, IsWrittenAndReadAsC2spHasIt) {
  for (const auto& [tile, path] : path_cases) {
    EXPECT_EQ(tile.path(), path);
    const auto again = TileId::parse(path);
    ASSERT_TRUE(again) << path;
    EXPECT_EQ(*again, tile) << path;
  }
}

TEST(TilePath, IsRefusedInAnyOtherForm) {
  for (const char* bad : {"",
                          "tile",
                          "tile/",
                          "tile/0",
                          "tile/0/",
                          "tile/0/0",
                          "tile/0/00",
                          "tile/0/0000",
                          "tile/0/x000/001",
                          "tile/0/x001",
                          "tile/0/001/000",
                          "tile/0/x1/000",
                          "tile/0/x001/x000",
                          "tile/0/x001000",
                          "tile/0/-01",
                          "tile/0/ 01",
                          "tile/0/00a",
                          "tile/00/000",
                          "tile/8/000",
                          "tile/-1/000",
                          "tile/x/000",
                          "tile//000",
                          "/tile/0/000",
                          "tile/0/000/",
                          "tile/0/000.p",
                          "tile/0/000.p/",
                          "tile/0/000.p/0",
                          "tile/0/000.p/01",
                          "tile/0/000.p/256",
                          "tile/0/000.p/257",
                          "tile/0/000.p/1/",
                          "tile/0/000.p/1.p/1",
                          "tile/0/.p/1",
                          "tile/entries",
                          "tile/entries/",
                          "tile/entries/0",
                          "tile/entries/0/000",
                          "tile/0/../000",
                          "tile/0/x999/x999/x999/x999/x999/x999/999",
                          "tile/0/x/000",
                          "tile/0/xxx"}) {
    const auto outcome = TileId::parse(bad);
    ASSERT_FALSE(outcome) << bad;
    EXPECT_EQ(outcome.error().code, ErrorCode::invalid_argument);
  }
}

TEST(TilePath, EndsWhereNoTreeReaches) {
  const auto tiles = tiles_between(largest_size - 1, largest_size);
  ASSERT_EQ(tiles.size(), 2U);
  EXPECT_EQ(tiles.front().width, 255U);
  EXPECT_TRUE(TileId::parse(tiles.front().path()));
  TileId beyond = tiles.front();
  beyond.width = tile_width;
  EXPECT_FALSE(TileId::parse(beyond.path()));
  EXPECT_FALSE(TileId::parse("tile/7/000.p/128"));
  EXPECT_FALSE(TileId::parse("tile/7/000"));
  EXPECT_FALSE(TileId::parse("tile/8/000.p/1"));
}

TEST(Tiles, OfATreeAreAsC2spCountsThem) {
  using Paths = std::vector<std::string>;
  EXPECT_EQ(paths_between(0, 0), Paths{});
  EXPECT_EQ(paths_between(0, 1), (Paths{"tile/0/000.p/1", "tile/entries/000.p/1"}));
  EXPECT_EQ(paths_between(0, 256), (Paths{"tile/0/000", "tile/1/000.p/1", "tile/entries/000"}));
  EXPECT_EQ(paths_between(0, 257), (Paths{"tile/0/000", "tile/0/001.p/1", "tile/1/000.p/1",
                                          "tile/entries/000", "tile/entries/001.p/1"}));
  const Paths large = paths_between(0, 70'000);
  EXPECT_EQ(large.size(), 273U + 1 + 1 + 1 + 1 + 274);
  EXPECT_EQ(large[273], "tile/0/273.p/112");
  EXPECT_EQ(large[274], "tile/1/000");
  EXPECT_EQ(large[275], "tile/1/001.p/17");
  EXPECT_EQ(large[276], "tile/2/000.p/1");
  EXPECT_EQ(large[277], "tile/entries/000");
}

TEST(Tiles, AreOnlyThoseThatTheOldTreeHadNot) {
  using Paths = std::vector<std::string>;
  EXPECT_EQ(paths_between(300, 300), Paths{});
  EXPECT_EQ(paths_between(255, 256), (Paths{"tile/0/000", "tile/1/000.p/1", "tile/entries/000"}));
  EXPECT_EQ(paths_between(256, 257), (Paths{"tile/0/001.p/1", "tile/entries/001.p/1"}));
  EXPECT_EQ(paths_between(257, 512), (Paths{"tile/0/001", "tile/1/000.p/2", "tile/entries/001"}));
}

TEST(Tiles, OfSmallStepsAreTogetherThoseOfOneStep) {
  for (const std::uint64_t middle : {0U, 1U, 255U, 256U, 257U, 600U, 700U}) {
    std::set<TileId> steps;
    for (const auto& [from, to] :
         {std::pair<std::uint64_t, std::uint64_t>{0, middle}, {middle, 700}}) {
      for (const TileId& tile : tiles_between(from, to)) {
        EXPECT_TRUE(steps.insert(tile).second) << tile.path();
      }
    }
    for (const TileId& tile : tiles_between(0, 700)) EXPECT_TRUE(steps.contains(tile));
  }
}

TEST(HashTile, HoldsTheHashesOfItsPlace) {
  const StoredTree tree(600);
  const auto leaves = tree.tile({TileKind::hashes, 0, 2, 88});
  ASSERT_EQ(leaves->size(), 88U);
  EXPECT_EQ(leaves->front(), leaf_hash("512"));
  EXPECT_EQ(leaves->back(), leaf_hash("599"));
  const auto above = tree.tile({TileKind::hashes, 1, 0, 2});
  EXPECT_EQ(above->front(), tree.nodes.at({8, 0}));
  EXPECT_EQ(above->back(), tree.nodes.at({8, 1}));
}

TEST(HashTile, HashesToTheTileAbove) {
  const StoredTree tree(600);
  Frontier frontier;
  std::vector<Node> completed;
  const auto tile = tree.tile({TileKind::hashes, 0, 1});
  for (const Hash& hash : *tile) frontier.append(hash, completed);
  EXPECT_EQ(frontier.root(), tree.tile({TileKind::hashes, 1, 0, 2})->at(1));
}

TEST(HashTile, FailsWhereItsNodesCannotBeRead) {
  EXPECT_EQ(StoredTree(5).tile({TileKind::hashes, 0, 0, 6}).error().code, ErrorCode::not_found);
}

TEST(HashTile, IsReadOnlyAtItsOwnWidth) {
  const TileId tile{TileKind::hashes, 0, 0, 2};
  EXPECT_TRUE(read_hash_tile(tile, std::string(64, 'h')));
  for (const std::size_t size : {0U, 32U, 63U, 65U, 96U}) {
    EXPECT_EQ(read_hash_tile(tile, std::string(size, 'h')).error().code,
              ErrorCode::invalid_argument);
  }
}

TEST(EntriesTile, GivesItsRecordsBack) {
  const std::vector<std::string> records = {"", "a", std::string(65'535, 'b')};
  std::string bytes;
  for (const std::string& record : records) put_entry(bytes, record);
  EXPECT_EQ(bytes.substr(0, 5), std::string("\0\0\0\1a", 5));
  EXPECT_EQ(*read_entries({TileKind::entries, 0, 0, 3}, bytes), records);
}

TEST(EntriesTile, IsReadOnlyAtItsOwnWidthAndLength) {
  std::string bytes;
  put_entry(bytes, "a");
  put_entry(bytes, "bc");
  EXPECT_TRUE(read_entries({TileKind::entries, 0, 0, 2}, bytes));
  EXPECT_FALSE(read_entries({TileKind::entries, 0, 0, 1}, bytes));
  EXPECT_FALSE(read_entries({TileKind::entries, 0, 0, 3}, bytes));
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const auto outcome = read_entries({TileKind::entries, 0, 0, 2}, bytes.substr(0, size));
    EXPECT_EQ(outcome.error().code, ErrorCode::invalid_argument) << size;
  }
}

TEST(EntriesTileDeathTest, TakesNoRecordThatItsLengthCannotSay) {
  std::string bytes;
  EXPECT_DEATH(put_entry(bytes, std::string(65'536, 'b')), "too long");
}

}  // namespace
}  // namespace liggare::merkle
