#include "audit/bundle_format.h"

#include <gtest/gtest.h>

#include "base/bytes.h"

namespace liggare::audit {
namespace {

const std::string hash_text(64, 'a');

std::string line(const std::string& path) { return hash_text + "  " + path + "\n"; }
bool is_read(const std::string& text) { return parse_sums(text).has_value(); }

TEST(Sums, AreReadAsTheyAreWritten) {
  const BundleFiles files = {{"README.txt", "x"}, {"SHA256SUMS", "y"}, {"leaves/7.leaf", ""}};
  const Sums sums = sums_of(files);
  EXPECT_EQ(sums.size(), 2U);
  EXPECT_EQ(print_sums(sums), to_hex(sha256({"x"}).view()) + "  README.txt\n" +
                                  to_hex(sha256({}).view()) + "  leaves/7.leaf\n");
  EXPECT_EQ(parse_sums(print_sums(sums)).value(), sums);
  EXPECT_TRUE(parse_sums("").value().empty());
}

TEST(Sums, RefuseEveryOtherForm) {
  ASSERT_TRUE(is_read(line("a")));
  const std::string good = line("a");
  EXPECT_FALSE(is_read(good.substr(0, good.size() - 1)));
  EXPECT_FALSE(is_read(good + "\n"));
  EXPECT_FALSE(is_read("\n" + good));
  EXPECT_FALSE(is_read(hash_text + " a\n"));
  EXPECT_FALSE(is_read(hash_text + " *a\n"));
  EXPECT_FALSE(is_read(hash_text + "   a\n"));
  EXPECT_FALSE(is_read(hash_text + "  \n"));
  EXPECT_FALSE(is_read(hash_text + "\n"));
  EXPECT_FALSE(is_read(std::string(64, 'A') + "  a\n"));
  EXPECT_FALSE(is_read(hash_text + "a  a\n"));
  EXPECT_FALSE(is_read(hash_text.substr(2) + "  a\n"));
  EXPECT_FALSE(is_read("\\" + hash_text.substr(1) + "  a\n"));
}

TEST(Sums, RefusePathsThatLeaveTheFolder) {
  for (const char* path : {"/a", "../a", "a/../b", "./a", "a//b", "a/", "a/.", "..", "a b", "a\\b",
                           "å", "a\tb", "a\r", "SHA256SUMS", "-", "~"}) {
    EXPECT_EQ(is_read(line(path)), std::string(path) == "-") << path;
  }
  EXPECT_FALSE(is_read(hash_text + "  a" + std::string(1, '\0') + "\n"));
}

TEST(Sums, AreInByteOrderWithoutRepetition) {
  EXPECT_TRUE(is_read(line("B") + line("a") + line("a.b") + line("a/b")));
  EXPECT_FALSE(is_read(line("b") + line("a")));
  EXPECT_FALSE(is_read(line("a") + line("a")));
}

TEST(BundlePath, IsOfALeafOrAProofAtAPosition) {
  EXPECT_EQ(leaf_path(7), "leaves/7.leaf");
  EXPECT_EQ(proof_path(7), "proofs/7.tlog-proof");
  EXPECT_EQ(position_in_leaf_path("leaves/7.leaf"), 7U);
  EXPECT_EQ(position_in_proof_path("proofs/0.tlog-proof"), 0U);
  for (const char* path : {"leaves/07.leaf", "leaves/.leaf", "leaves/7", "leaves/7.leaf.leaf",
                           "leaves/-7.leaf", "leaves7.leaf", "leavesx7.leaf", "leaves.leaf",
                           "leaves/a/7.leaf", "leaves/9223372036854775808.leaf", "leaf", ".leaf"}) {
    EXPECT_FALSE(position_in_leaf_path(path)) << path;
    EXPECT_FALSE(is_bundle_path(path)) << path;
  }
}

TEST(BundlePath, IsOneOfTheFormat) {
  for (const char* path :
       {"README.txt", "SHA256SUMS", "checkpoint", "events.ndjson", "completeness.json", "seal.leaf",
        "seal.tlog-proof", "answer.json", "schema/event.capnp"}) {
    EXPECT_TRUE(is_bundle_path(path)) << path;
  }
  for (const char* path : {"readme.txt", "schema/event.html", "schema/a/b.capnp", "schema/.capnp",
                           "schema", "checkpoint.old", "answer.json/x"}) {
    EXPECT_FALSE(is_bundle_path(path)) << path;
  }
  EXPECT_TRUE(is_informative("schema/event.capnp"));
  EXPECT_FALSE(is_informative("checkpoint"));
}

}  // namespace
}  // namespace liggare::audit
