#include "witness/submission.h"

#include <gtest/gtest.h>

#include "tests/support/chance.h"
#include "tests/witness/sample_log.h"

namespace liggare::witness {
namespace {

const std::string note = SampleLog().checkpoint(13).print();
const std::string hash = std::string(43, 'A') + "=\n";

std::string hashes(int count) {
  std::string lines;
  for (; count > 0; --count) lines += hash;
  return lines;
}

TEST(Submission, IsReadAsItIsPrinted) {
  const SampleLog log;
  const auto read = Submission::parse(log.submission(5, 13));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->old_size, 5u);
  EXPECT_EQ(read->path, log.proof(5, 13));
  EXPECT_EQ(read->note, log.checkpoint(13));
  EXPECT_EQ(read->checkpoint.head.tree_size, 13u);
}

TEST(Submission, HasAtMost63Hashes) {
  EXPECT_TRUE(Submission::parse("old 0\n\n" + note));
  EXPECT_TRUE(Submission::parse("old 5\n" + hashes(63) + "\n" + note));
  EXPECT_FALSE(Submission::parse("old 5\n" + hashes(64) + "\n" + note));
}

TEST(Submission, IsRefusedWhereItIsAnythingElse) {
  const std::string extended =
      "ledger.example.org/town\n5\n" + hash + "extension\n\n" + note.substr(note.find("\n\n") + 2);
  for (const std::string& body :
       {std::string(), std::string("old 5"), std::string("old 5\n\n"), "old 5\n" + note,
        "old -1\n\n" + note, "old 05\n\n" + note, "old\n\n" + note, "old  5\n\n" + note,
        "old 5 \n\n" + note, "Old 5\n\n" + note, "old 5\r\n\r\n" + note,
        "old 99999999999999999999\n\n" + note, "old 5\nnot base64\n\n" + note,
        "old 5\nAAAA\n\n" + note, "old 5\n\n\n" + note, "\nold 5\n\n" + note,
        "old 5\n\n" + note + "\n", "old 5\n\n" + extended,
        "old 5\n\n" + note.substr(0, note.find("\n\n") + 2)}) {
    const auto read = Submission::parse(body);
    ASSERT_FALSE(read) << body;
    EXPECT_EQ(read.error().code, ErrorCode::invalid_argument) << body;
  }
}

TEST(Submission, IsAnsweredWith400WhereItIsMalformed) {
  WitnessScene scene;
  test::Chance chance(64);
  const std::string sound = scene.log().submission(0, 13);
  for (int count = 0; count < 1'000; ++count) {
    std::string body = sound;
    body[chance.below(body.size())] ^= static_cast<char>(1 << chance.below(8));
    const int status = scene.when_sent(body).status;
    EXPECT_TRUE(status >= 400 && status < 500) << status << "\n" << body;
  }
}

TEST(HeldSize, IsReadStrictly) {
  EXPECT_EQ(*parse_size(print_size(13)), 13u);
  for (const char* body : {"", "13", "013\n", "13\n\n", " 13\n", "13\n14\n", "x\n", "-1\n"}) {
    EXPECT_FALSE(parse_size(body)) << body;
  }
}

}  // namespace
}  // namespace liggare::witness
