#include "merkle/proof_file.h"

#include <gtest/gtest.h>

#include "merkle/checkpoint.h"
#include "merkle/proof.h"
#include "tests/merkle/example_log.h"

namespace liggare::merkle {
namespace {

const std::string first_line = "c2sp.org/tlog-proof@v1\n";
const std::string hash_line = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";

// A proof file of these lines between its first one and the checkpoint.
std::string of_lines(const std::string& lines) {
  return first_line + lines + "\n" + std::string(example::new_checkpoint);
}
std::string of_hashes(std::size_t count) {
  std::string lines = "index 7\n";
  for (std::size_t i = 0; i < count; ++i) lines += hash_line;
  return of_lines(lines);
}

bool is_refused(std::string_view text) {
  const auto outcome = ProofFile::parse(text);
  return !outcome && outcome.error().code == ErrorCode::invalid_argument;
}

TEST(ProofFile, OfAnotherImplementationProvesItsLeaf) {
  const auto proof = ProofFile::parse(example::proof);
  EXPECT_EQ(proof->index, 150U);
  EXPECT_EQ(proof->extra, std::nullopt);
  const auto checkpoint = open_checkpoint(proof->checkpoint, example::key(example::log_vkey));
  const TreeHead head = checkpoint->head;
  const Hash leaf = leaf_hash(*from_hex(example::leaf_hex));
  EXPECT_TRUE(verify_inclusion({proof->index, head.tree_size, proof->path}, leaf, head.root_hash));
}

TEST(ProofFile, IsPrintedAsItWasRead) {
  for (const std::string& text :
       {std::string(example::proof), of_hashes(0), of_hashes(1), of_hashes(64),
        of_lines("extra AP8=\nindex 9223372036854775807\n" + hash_line),
        of_lines("extra \nindex 0\n")}) {
    EXPECT_EQ(ProofFile::parse(text)->print(), text);
  }
}

TEST(ProofFile, KeepsWhatItHasExtra) {
  EXPECT_EQ(ProofFile::parse(of_lines("extra YWJj\nindex 0\n"))->extra, "abc");
  EXPECT_EQ(ProofFile::parse(of_lines("extra \nindex 0\n"))->extra, "");
}

TEST(ProofFile, IsRefusedInAnyOtherForm) {
  for (const std::string& lines :
       {std::string(), std::string("index 01\n"), std::string("index \n"),
        std::string("index -1\n"), std::string("index 9223372036854775808\n"),
        std::string("Index 1\n"), std::string("index  1\n"), std::string("index 1 \n"),
        "index 1\r\n" + hash_line, hash_line, "index 1\n" + hash_line.substr(1),
        "index 1\n " + hash_line, std::string("index 1\nAAAA\n"), std::string("index 1\nindex 1\n"),
        std::string("index 1\nextra YWJj\n"), std::string("extra YWJ\nindex 1\n"),
        std::string("extra YWJj\nextra YWJj\nindex 1\n"), std::string("extra\nindex 1\n"),
        std::string("index 1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n")}) {
    EXPECT_TRUE(is_refused(of_lines(lines))) << lines;
  }
}

TEST(ProofFile, IsRefusedWithoutItsFirstLineOrItsCheckpoint) {
  const std::string text(example::proof);
  for (const std::string& bad :
       {std::string(), first_line, first_line + "index 1\n", first_line + "index 1\n\n",
        first_line + "index 1\n\na\n", first_line + "extra YWJj", text.substr(1),
        "c2sp.org/tlog-proof@v2\n" + text.substr(first_line.size()), "\n" + text,
        text.substr(0, text.size() - 1), text + "\n"}) {
    EXPECT_TRUE(is_refused(bad)) << bad;
  }
}

TEST(ProofFile, HasAtMost64Hashes) { EXPECT_TRUE(is_refused(of_hashes(65))); }

TEST(HashLines, OfAnotherImplementationProveConsistency) {
  const auto old_head = Checkpoint::parse(example::note(example::old_checkpoint).text)->head;
  const auto new_head = Checkpoint::parse(example::note(example::new_checkpoint).text)->head;
  const auto path = parse_hashes(example::consistency);
  EXPECT_TRUE(verify_consistency({old_head.tree_size, new_head.tree_size, *path},
                                 old_head.root_hash, new_head.root_hash));
  EXPECT_EQ(print_hashes(*path), example::consistency);
}

TEST(HashLines, AreRefusedInAnyOtherForm) {
  EXPECT_TRUE(parse_hashes("")->empty());
  for (const std::string& bad : {std::string("\n"), hash_line + "\n",
                                 hash_line.substr(0, hash_line.size() - 1), hash_line + "AAAA\n"}) {
    ASSERT_FALSE(parse_hashes(bad)) << bad;
    EXPECT_EQ(parse_hashes(bad).error().code, ErrorCode::invalid_argument);
  }
}

}  // namespace
}  // namespace liggare::merkle
