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
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;
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
    write("cosigned", evidence.cosigned_checkpoint());
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
  EXPECT_EQ(run("checkpoint new --vkey @vkey"), 0) << output();
  EXPECT_EQ(run("checkpoint cosigned --vkey @vkey --policy policy"), 0) << output();
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
                                  R"(from the file vkey","values":["example.org/town","vkey"]})"));
  run("bundle bundle --vkey @vkey --format table");
  EXPECT_THAT(
      output(),
      StartsWith("VERIFIED\nThe bundle shows all 3 events of participant/P1 up to 2025-10-09 "
                 "08:53 UTC.\n  ledger: example.org/town\n  size: 4\n"));
  EXPECT_THAT(output(), HasSubstr("\nNot checked\n"));
  run("bundle bundle --vkey @vkey --format table --lang sv");
  EXPECT_THAT(output(), StartsWith("VERIFIERAT\nUtdraget visar alla 3 händelser om "));
  EXPECT_THAT(output(), HasSubstr("fullständigt enligt förseglingen vid storlek 3"));
}

TEST_F(Verifier, CountsNoEventsInWords) {
  write_files(folder.path() / "absent", evidence.bundle("participant/P9"));
  write_tiles(folder.path() / "empty", evidence, 0);
  for (const char* arguments : {"bundle absent --vkey @vkey", "tiles empty --vkey @vkey"}) {
    EXPECT_EQ(run(std::string(arguments) + " --format table"), 0) << output();
    EXPECT_THAT(output(), Not(ContainsRegex("(^|[^0-9])[01] (events|leaves|files|tiles)")));
  }
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
  for (const char* arguments : {"bundle none --vkey @vkey",
                                "bundle bundle --vkey @none",
                                "bundle bundle --vkey @bundle",
                                "bundle bundle --vkey @1.leaf",
                                "bundle bundle --policy policy",
                                "bundle bundle --policy none",
                                "bundle 1.leaf --vkey @vkey",
                                "bundle tiles --vkey @vkey",
                                "proof none --leaf 1.leaf --vkey @vkey",
                                "proof 1.leaf --leaf 1.leaf --vkey @vkey",
                                "proof 1.tlog-proof --leaf tiles --vkey @vkey",
                                "tiles bundle/leaves --vkey @vkey",
                                "tiles tiles --vkey @vkey --old hashes",
                                "tiles tiles --vkey @vkey --old none",
                                "consistency new old --proof hashes --vkey @vkey",
                                "consistency old new --proof none --vkey @vkey",
                                "bundle bundle --vkey x+y",
                                "checkpoint none --vkey @vkey",
                                "checkpoint 1.leaf --vkey @vkey",
                                "checkpoint new --vkey @vkey --policy policy"}) {
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

TEST_F(Verifier, TakesKeyFilesAsEditorsSaveThem) {
  write("windows", "\xef\xbb\xbf" + evidence.log_key().verifier().text() + " \r\n\r\n");
  EXPECT_EQ(run("bundle bundle --vkey @windows"), 0) << output();
}

TEST_F(Verifier, SaysWhereAnAtWasForgotten) {
  EXPECT_EQ(run("bundle bundle --vkey vkey"), 2);
  EXPECT_THAT(errors(), HasSubstr("vkey is no key; to read one from that file write --vkey @vkey"));
}

TEST_F(Verifier, HintsAtRotationWhereAnotherKeySigned) {
  const merkle::SigningKey other(sample_origin, merkle::KeyType::ed25519,
                                 SecretKey(std::string(key_bytes, 'o')));
  write("other", other.verifier().text());
  EXPECT_EQ(run("checkpoint new --vkey @other --format table"), 3);
  EXPECT_THAT(output(), StartsWith("CANNOT TELL: new: not signed by the key that was given (the "
                                   "checkpoint carries signatures with the key ids " +
                                   name_and_id(evidence.log_key().verifier()) +
                                   ")\nIf the ledger has changed its key, get the new one "));
}

// Names of files and codes aside, which are the same in every language.
TEST_F(Verifier, AnswersInSwedishWithoutEnglish) {
  write("bundle/README.txt", "more");
  write("spoiled", "log\r\n");
  for (const char* arguments :
       {"bundle bundle --vkey @vkey", "proof 1.tlog-proof --leaf 1.leaf --vkey @vkey",
        "proof 1.tlog-proof --leaf vkey --vkey @vkey", "tiles tiles --old old --vkey @vkey",
        "consistency old new --proof hashes --vkey @vkey", "checkpoint new --vkey @vkey",
        "consistency new old --proof hashes --vkey @vkey", "bundle none --vkey @vkey",
        "checkpoint cosigned --vkey @vkey --policy policy", "checkpoint new --policy policy",
        "checkpoint new --vkey a+b", "checkpoint new --policy spoiled",
        "checkpoint 1.leaf --vkey @vkey"}) {
    run(std::string(arguments) + " --format table --lang sv");
    EXPECT_THAT(output(), Not(ContainsRegex("(^|[ (])(the|of|and|is|are|not|from|by|at|that|with|"
                                            "line|key|file|root|expected|cannot)[ ,:)]")))
        << arguments;
  }
}

TEST_F(Verifier, EndsWithTwoWhereItIsUsedWrongly) {
  for (const char* arguments :
       {"", "bundle", "bundle bundle", "bundle bundle --vkey", "bundle bundle --vkey @",
        "bundle bundle --vkey ''", "bundle bundle --vkey vkey", "bundle bundle --vkey x",
        "checkpoint", "checkpoint new", "proof 1.tlog-proof --vkey @vkey", "consistency old new",
        "bundle bundle more --vkey @vkey", "verify bundle --vkey @vkey",
        "bundle bundle --vkey @vkey --format csv", "bundle bundle --vkey @vkey --lang no"}) {
    EXPECT_EQ(run(arguments), 2) << arguments;
    EXPECT_EQ(output(), "") << arguments;
    EXPECT_THAT(errors(), StartsWith("liggare-verify: invalid-argument: ")) << arguments;
  }
}

TEST_F(Verifier, ExplainsItselfWithExamples) {
  for (const char* command : {"", "bundle", "proof", "tiles", "consistency", "checkpoint"}) {
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
