#include "merkle/policy.h"

#include <gtest/gtest.h>

#include <map>

#include "tests/merkle/example_log.h"

namespace liggare::merkle {
namespace {

std::string vkey(char seed, KeyType type) {
  return SigningKey(std::string("key-") + seed, type, SecretKey(std::string(32, seed)))
      .verifier()
      .text();
}
std::string log_line(char seed) { return "log " + vkey(seed, KeyType::ed25519) + "\n"; }
std::string witness_line(char name) {
  return std::string("witness ") + name + " " + vkey(name, KeyType::cosignature_v1) + "\n";
}
std::string witnesses(std::string_view names) {
  std::string lines;
  for (const char name : names) lines += witness_line(name);
  return lines;
}
Policy policy(const std::string& text) { return Policy::parse(text).value(); }

std::string refusal(const std::string& text) {
  const auto outcome = Policy::parse(text);
  if (outcome) return "accepted";
  EXPECT_EQ(outcome.error().code, ErrorCode::invalid_argument);
  return outcome.error().message;
}

// Whether the witnesses with these one-letter names make the quorum.
bool is_met(const std::string& text, std::string_view cosigned) {
  std::set<std::string, std::less<>> names;
  for (const char name : cosigned) names.emplace(1, name);
  return policy(text).is_met_by(names);
}

// The example of C2SP tlog-policy.
const std::string two_levels =
    log_line('l') + "\n" + witnesses("abc") + "group X-witnesses 2 a b c\n" + witnesses("def") +
    "group Y-witnesses any d e f\n" + "group X-and-Y all X-witnesses Y-witnesses\nquorum X-and-Y\n";

TEST(Policy, NamesItsLogsAndWitnesses) {
  const Policy read = policy(std::string("log ") + std::string(example::log_vkey) + "\n" +
                             "witness one " + std::string(example::first_witness_vkey) + "\n" +
                             "witness two " + std::string(example::second_witness_vkey) +
                             " https://witness.example/w2/\nquorum two\n");
  ASSERT_EQ(read.logs().size(), 1U);
  EXPECT_EQ(read.logs()[0].text(), example::log_vkey);
  ASSERT_EQ(read.witnesses().size(), 2U);
  EXPECT_EQ(read.witnesses()[0],
            (Witness{"one", example::key(example::first_witness_vkey), std::nullopt}));
  EXPECT_EQ(read.witnesses()[1].url, "https://witness.example/w2/");
  EXPECT_EQ(read.quorum(), "two");
}

TEST(Policy, OfTwoLevelsIsMetByBoth) {
  EXPECT_TRUE(is_met(two_levels, "abd"));
  EXPECT_TRUE(is_met(two_levels, "bcf"));
  EXPECT_TRUE(is_met(two_levels, "abcdef"));
  EXPECT_FALSE(is_met(two_levels, ""));
  EXPECT_FALSE(is_met(two_levels, "ab"));
  EXPECT_FALSE(is_met(two_levels, "ad"));
  EXPECT_FALSE(is_met(two_levels, "def"));
  EXPECT_FALSE(is_met(two_levels, "axyz"));
}

TEST(Policy, OfOneWitnessIsMetByItAlone) {
  EXPECT_TRUE(is_met(witnesses("ab") + "quorum b\n", "b"));
  EXPECT_FALSE(is_met(witnesses("ab") + "quorum b\n", "a"));
}

TEST(Policy, OfAllIsMetByAllOnly) {
  EXPECT_TRUE(is_met(witnesses("abc") + "group g all a b c\nquorum g\n", "abc"));
  EXPECT_FALSE(is_met(witnesses("abc") + "group g all a b c\nquorum g\n", "ab"));
}

TEST(Policy, OfNoneDemandsNoCosignature) { EXPECT_TRUE(is_met("quorum none\n", "")); }

TEST(Policy, IsNotMetByTheNameOfAGroup) {
  const Policy read = policy(witnesses("ab") + "group g any a b\nquorum g\n");
  EXPECT_FALSE(read.is_met_by({"g"}));
  EXPECT_FALSE(read.is_met_by({"none"}));
}

TEST(Policy, SkipsCommentsAndBlanks) {
  EXPECT_EQ(refusal("# first\n\n \t\n \t# indented\n\tquorum \t none \n\n"), "accepted");
  EXPECT_EQ(refusal(witnesses("a") + "quorum a\n" + log_line('l')), "accepted");
  EXPECT_EQ(refusal("# \xff\nquorum none\n"), "accepted");
}

TEST(Policy, TakesALogsUrlAndLeavesIt) {
  const std::string line = "log " + std::string(example::log_vkey) + " https://ledger.example/";
  EXPECT_EQ(policy(line + "\nquorum none\n").logs()[0].text(), example::log_vkey);
  EXPECT_EQ(refusal(line + " more\nquorum none\n"), "policy: line 1: not: log <vkey> [<url>]");
}

TEST(Policy, RefusesOtherLines) {
  const std::string start = witnesses("ab");
  const std::map<std::string, std::string> cases = {
      {"quorums a", "begins with none of log, witness, group, quorum"},
      {"a", "begins with none of log, witness, group, quorum"},
      {"QUORUM none", "begins with none of log, witness, group, quorum"},
      {"log", "not: log <vkey> [<url>]"},
      {"log a", "a key without name and id"},
      {"log " + vkey('l', KeyType::cosignature_v1), "a key of the wrong type"},
      {"witness c " + vkey('c', KeyType::ed25519), "a key of the wrong type"},
      {"witness c", "not: witness <name> <vkey> [<url>]"},
      {witness_line('c').substr(0, witness_line('c').size() - 1) + " url more",
       "not: witness <name> <vkey> [<url>]"},
      {"group g all", "not: group <name> all|any|<k> <member>…"},
      {"group g some a", "a group needs all, any, or a number of its members"},
      {"group g 0 a", "a group needs all, any, or a number of its members"},
      {"group g 3 a b", "a group needs all, any, or a number of its members"},
      {"group g 01 a b", "a group needs all, any, or a number of its members"},
      {"group g -1 a b", "a group needs all, any, or a number of its members"},
      {"quorum", "not: quorum <name>|none"},
      {"quorum a b", "not: quorum <name>|none"},
      {"quorum a # comment", "not: quorum <name>|none"},
  };
  for (const auto& [line, why] : cases) {
    EXPECT_EQ(refusal(start + line + "\n"), "policy: line 3: " + why) << line;
  }
}

TEST(Policy, RefusesNamesUsedBeforeTheyAreDefined) {
  EXPECT_EQ(refusal("quorum a\n" + witnesses("a")),
            "policy: line 1: a quorum that is not defined above");
  EXPECT_EQ(refusal("group g any a\n" + witnesses("a") + "quorum g\n"),
            "policy: line 1: a member that is not defined above");
  EXPECT_EQ(refusal(witnesses("a") + "group g any g\nquorum g\n"),
            "policy: line 2: a member that is not defined above");
  EXPECT_EQ(refusal(witnesses("a") + "group g any none\nquorum g\n"),
            "policy: line 2: a member that is not defined above");
}

TEST(Policy, RefusesNamesDefinedTwice) {
  const std::string other = "witness a " + vkey('b', KeyType::cosignature_v1) + "\n";
  EXPECT_EQ(refusal(witnesses("a") + other), "policy: line 2: a name for the second time");
  EXPECT_EQ(refusal(witnesses("ab") + "group a any b\n"),
            "policy: line 3: a name for the second time");
  EXPECT_EQ(refusal("witness none " + vkey('b', KeyType::cosignature_v1) + "\n"),
            "policy: line 1: the name none stands for no quorum");
  EXPECT_EQ(refusal(witnesses("a") + "group none any a\n"),
            "policy: line 2: the name none stands for no quorum");
}

TEST(Policy, RefusesKeysThatStandTwiceUnderWhateverName) {
  const SigningKey same("other", KeyType::cosignature_v1, SecretKey(std::string(32, 'a')));
  EXPECT_EQ(refusal(witnesses("a") + "witness b " + same.verifier().text() + "\n"),
            "policy: line 2: a witness's key for the second time");
  EXPECT_EQ(refusal(log_line('l') + log_line('l')),
            "policy: line 2: a log's key for the second time");
}

TEST(Policy, RefusesMembersThatWouldCountTwice) {
  EXPECT_EQ(refusal(witnesses("ab") + "group g 2 a a b\nquorum g\n"),
            "policy: line 3: a member for the second time");
  EXPECT_EQ(refusal(witnesses("ab") + "group g any a b\ngroup h any a\nquorum g\n"),
            "policy: line 4: a member for the second time");
}

TEST(Policy, HasExactlyOneQuorum) {
  EXPECT_EQ(refusal(witnesses("a")), "policy: no quorum");
  EXPECT_EQ(refusal("quorum none\nquorum none\n"), "policy: line 2: a second quorum");
}

TEST(Policy, SaysWhichLineAnEditorOfWindowsSpoiled) {
  EXPECT_EQ(refusal("# first\nquorum none\r\n"),
            "policy: line 2: a line end of Windows: save it with those of Unix");
  EXPECT_EQ(refusal("\xef\xbb\xbf# first\nquorum none\n"),
            "policy: line 1: a byte order mark: save it without one");
}

TEST(Policy, RefusesControlBytesAndATornLastLine) {
  for (const char byte : {'\0', '\x1b', '\x7f'}) {
    EXPECT_EQ(refusal(std::string("quorum none\n# ") + byte + "\n"),
              "policy: line 2: control bytes");
  }
  EXPECT_EQ(refusal("quorum none\n# a\rb\n"), "policy: line 2: control bytes");
  EXPECT_EQ(refusal("quorum none"), "policy: its last line does not end in a line feed");
  EXPECT_EQ(refusal(""), "policy: its last line does not end in a line feed");
}

}  // namespace
}  // namespace liggare::merkle
