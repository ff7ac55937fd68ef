// The program as an auditor runs it: exit codes, what it prints, and what it does with bad input.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>

#include "tests/audit/evidence_folder.h"
#include "tests/support/temporary_folder.h"

namespace liggare::audit {
namespace {

using test::read_bytes;
using test::write_bytes;
using testing::HasSubstr;
using testing::StartsWith;

class Verifier : public testing::Test {
 protected:
  Verifier() {
    for (int i = 0; i < 3; ++i) evidence.add("participant/P1");
    evidence.seal();
    write("vkey", evidence.log_key().verifier().text() + "\n");
    write("policy", evidence.policy_text("W1"));
    write("1.leaf", evidence.leaf(1));
    write("1.tlog-proof", evidence.proof(1));
    write("old", evidence.checkpoint(2));
    write("new", evidence.checkpoint());
    write("hashes", evidence.consistency(2));
    write_files(folder.path() / "bundle", evidence.bundle("participant/P1"));
    write_tiles(folder.path() / "tiles", evidence, evidence.size());
  }

  void write(const std::string& name, const std::string& bytes) {
    write_bytes(folder.path() / name, bytes);
  }
  int run(const std::string& arguments) {
    const std::string line = "cd '" + folder.path().string() + "' && env -i '" LIGGARE_VERIFY "' " +
                             arguments + " > output 2> errors";
    const int status = std::system(line.c_str());
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  std::string output() const { return read_bytes(folder.path() / "output"); }
  std::string errors() const { return read_bytes(folder.path() / "errors"); }

  SampleEvidence evidence;
  test::TemporaryFolder folder;
};

TEST_F(Verifier, VerifiesEachKindOfEvidence) {
  EXPECT_EQ(run("bundle bundle --vkey @vkey"), 0) << output();
  EXPECT_EQ(run("proof 1.tlog-proof --leaf 1.leaf --vkey @vkey"), 0) << output();
  EXPECT_EQ(run("tiles tiles --old old --vkey @vkey"), 0) << output();
  EXPECT_EQ(run("consistency old new --proof hashes --vkey @vkey"), 0) << output();
  EXPECT_EQ(errors(), "");
}

TEST_F(Verifier, TakesTheKeyItselfAndKeysFromPipes) {
  const std::string key = evidence.log_key().verifier().text();
  EXPECT_EQ(run("bundle bundle --vkey '" + key + "'"), 0);
  EXPECT_EQ(run("bundle bundle --vkey @/dev/stdin < vkey"), 0);
  EXPECT_EQ(run("proof /dev/stdin --leaf 1.leaf --vkey @vkey < 1.tlog-proof"), 0);
}

TEST_F(Verifier, AnswersInJsonAndForPeople) {
  run("bundle bundle --vkey @vkey");
  EXPECT_THAT(output(), StartsWith(R"({"verdict":"verified","reason":null,"place":null,)"));
  EXPECT_THAT(output(), HasSubstr(R"({"code":"key-from","text":"the key of example.org/town, )"
                                  R"(from vkey","values":["example.org/town","vkey"]})"));
  run("bundle bundle --vkey @vkey --format table");
  EXPECT_THAT(output(), StartsWith("VERIFIED\n  origin: example.org/town\n  size: 4\n"));
  EXPECT_THAT(output(), HasSubstr("\nNot checked\n"));
  run("bundle bundle --vkey @vkey --format table --lang sv");
  EXPECT_THAT(output(), StartsWith("VERIFIERAT\n"));
  EXPECT_THAT(output(), HasSubstr("fullständigt enligt förseglingen vid 3"));
}

TEST_F(Verifier, EndsWithOneWhereSomethingIsTampered) {
  test::flip_bit(folder.path() / "bundle/leaves/1.leaf", 50);
  EXPECT_EQ(run("bundle bundle --vkey @vkey --format table"), 1);
  EXPECT_THAT(output(), StartsWith("TAMPERED: leaves/1.leaf: another file than SHA256SUMS lists"));
  test::flip_bit(folder.path() / "1.leaf", 50);
  EXPECT_EQ(run("proof 1.tlog-proof --leaf 1.leaf --vkey @vkey"), 1);
  EXPECT_THAT(output(), HasSubstr(R"("reason":"not-in-tree","place":"1.leaf")"));
  test::flip_bit(folder.path() / "tiles/tile/entries/000.p/4", 50);
  EXPECT_EQ(run("tiles tiles --vkey @vkey"), 1);
}

TEST_F(Verifier, EndsWithThreeWhereItCannotTell) {
  for (const char* arguments :
       {"bundle none --vkey @vkey", "bundle bundle --vkey @none", "bundle bundle --vkey @bundle",
        "bundle bundle --vkey @1.leaf", "bundle bundle --policy policy",
        "bundle bundle --policy none", "bundle 1.leaf --vkey @vkey", "bundle tiles --vkey @vkey",
        "proof none --leaf 1.leaf --vkey @vkey", "proof 1.leaf --leaf 1.leaf --vkey @vkey",
        "proof 1.tlog-proof --leaf tiles --vkey @vkey", "tiles bundle/leaves --vkey @vkey",
        "tiles tiles --vkey @vkey --old hashes", "tiles tiles --vkey @vkey --old none",
        "consistency new old --proof hashes --vkey @vkey",
        "consistency old new --proof none --vkey @vkey", "bundle bundle --vkey x"}) {
    EXPECT_EQ(run(arguments), 3) << arguments;
    EXPECT_THAT(output(), StartsWith(R"({"verdict":"cannot-tell",)")) << arguments;
    EXPECT_EQ(errors(), "") << arguments;
  }
}

TEST_F(Verifier, TakesNoKeyFromTheBundleItself) {
  write_bytes(folder.path() / "bundle/vkey", evidence.log_key().verifier().text());
  EXPECT_EQ(run("bundle bundle --vkey @bundle/vkey"), 3);
  EXPECT_THAT(output(), HasSubstr(R"("reason":"key-from-inside","place":"bundle/vkey")"));
}

TEST_F(Verifier, EndsWithTwoWhereItIsUsedWrongly) {
  for (const char* arguments :
       {"", "bundle", "bundle bundle", "bundle bundle --vkey", "bundle bundle --vkey @",
        "bundle bundle --vkey ''", "proof 1.tlog-proof --vkey @vkey", "consistency old new",
        "bundle bundle more --vkey @vkey", "verify bundle --vkey @vkey",
        "bundle bundle --vkey @vkey --format csv", "bundle bundle --vkey @vkey --lang no"}) {
    EXPECT_EQ(run(arguments), 2) << arguments;
    EXPECT_EQ(output(), "") << arguments;
    EXPECT_NE(errors(), "") << arguments;
  }
}

TEST_F(Verifier, ExplainsItselfWithExamples) {
  for (const char* command : {"", "bundle", "proof", "tiles", "consistency"}) {
    EXPECT_EQ(run(std::string(command) + " --help"), 0);
    EXPECT_THAT(output(), HasSubstr("\nExamples:\n")) << command;
    EXPECT_THAT(output(), HasSubstr("--vkey KEY|@FILE")) << command;
  }
  EXPECT_EQ(run("--version"), 0);
  EXPECT_THAT(output(), StartsWith("liggare-verify "));
}

TEST_F(Verifier, ShowsHarmfulNamesWithoutHarm) {
  write("bundle/\x1b[2J\xff", "x");
  EXPECT_EQ(run("bundle bundle --vkey @vkey"), 1);
  EXPECT_THAT(output(), HasSubstr(R"("place":"\\u{1b}[2J\\xff")"));
}

}  // namespace
}  // namespace liggare::audit
