#include "store/keys.h"

#include <gtest/gtest.h>

#include "base/bytes.h"

namespace liggare::store {
namespace {

TEST(Keys, AreTheDocumentedBytes) {
  EXPECT_EQ(to_hex(position_bytes(812)), "000000000000032c");
  EXPECT_EQ(to_hex(stream_key("a/b", 2)), "612f62000000000000000002");
  EXPECT_EQ(to_hex(node_key({3, 5})), "030000000000000005");
}

TEST(Keys, ReadBackAsTheyWereWritten) {
  EXPECT_EQ(read_position(position_bytes(812)), 812U);
  EXPECT_EQ(read_stream_key(stream_key("a/b", 256)), (StreamKey{"a/b", 256}));
  EXPECT_EQ(read_node_key(node_key({63, 7})), (merkle::NodeId{63, 7}));
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
}

TEST(Keys, KeepSubjectsInByteOrder) {
  EXPECT_LT(stream_key("a", 9), stream_key("a/1", 1));
  EXPECT_LT(stream_key("a", 255), stream_key("a", 256));
}

}  // namespace
}  // namespace liggare::store
