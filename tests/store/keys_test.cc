#include "store/keys.h"

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "store/tree_layout.h"

namespace liggare::store {
namespace {

TEST(Keys, AreTheDocumentedBytes) {
  EXPECT_EQ(to_hex(position_bytes(812)), "000000000000032c");
  EXPECT_EQ(to_hex(stream_key("a/b", 2)), "612f62000000000000000002");
  EXPECT_EQ(to_hex(node_key({3, 5})), "030000000000000005");
  EXPECT_EQ(to_hex(tile_key(5)), "400000000000000005");
  const Hash leaf = sha256({"leaf"});
  EXPECT_EQ(edge_bytes({5, {leaf, leaf}}),
            position_bytes(5) + std::string(leaf.view()) + std::string(leaf.view()));
  EXPECT_EQ(tile_value(std::vector<Hash>(16, leaf)).substr(15 * 32), leaf.view());
}

TEST(Keys, ReadBackAsTheyWereWritten) {
  EXPECT_EQ(read_position(position_bytes(812)), 812U);
  EXPECT_EQ(read_stream_key(stream_key("a/b", 256)), (StreamKey{"a/b", 256}));
  EXPECT_EQ(read_node_key(node_key({63, 7})), (merkle::NodeId{63, 7}));
  EXPECT_EQ(read_tile_key(tile_key(812)), 812U);
  const std::vector<Hash> tile(16, sha256({"leaf"}));
  EXPECT_EQ(read_tile(tile_value(tile)), tile);
  for (const TreeEdge& edge : {TreeEdge{0, {}}, TreeEdge{7, {15, sha256({"leaf"})}}}) {
    EXPECT_EQ(read_edge(edge_bytes(edge)), edge);
  }
  const merkle::TreeHead head{9, sha256({"root"})};
  EXPECT_EQ(read_head(head_bytes(head)), head);
}

TEST(Keys, ThatNoWriterMakesHaveNoValue) {
  EXPECT_FALSE(read_position("1234567"));
  EXPECT_FALSE(read_stream_key("no separator in it"));
  EXPECT_FALSE(
      read_stream_key(std::string("\0"
                                  "12345678",
                                  9)));
  EXPECT_FALSE(read_stream_key(stream_key("a", 1) + "x"));
  EXPECT_FALSE(read_node_key(node_key({1, 1}).substr(1)));
  EXPECT_FALSE(
      read_node_key("\x40"
                    "12345678"));
  EXPECT_FALSE(read_head(head_bytes({}).substr(1)));
  EXPECT_FALSE(read_tile_key(node_key({63, 7})));
  EXPECT_FALSE(read_tile_key(tile_key(7).substr(1)));
  EXPECT_FALSE(read_tile(std::string(511, 'x')));
  EXPECT_FALSE(read_edge("1234567"));
  EXPECT_FALSE(read_edge(std::string(8 + 31, 'x')));
  EXPECT_FALSE(read_edge(std::string(8 + 512, 'x')));
}

TEST(Keys, KeepSubjectsInByteOrder) {
  EXPECT_LT(stream_key("a", 9), stream_key("a/1", 1));
  EXPECT_LT(stream_key("a", 255), stream_key("a", 256));
}

}  // namespace
}  // namespace liggare::store
