#include "audit/trust.h"

#include <gtest/gtest.h>

#include "tests/audit/outcome_expectation.h"
#include "tests/audit/sample_evidence.h"
#include "tests/support/temporary_folder.h"

namespace liggare::audit {
namespace {

class TrustFiles : public testing::Test {
 protected:
  std::filesystem::path write(const std::string& name, const std::string& text) const {
    test::write_bytes(folder.path() / name, text);
    return folder.path() / name;
  }
  static std::string reason(const TrustOptions& options) {
    const auto trust = read_trust(options);
    return trust ? "trusted" : std::string(name_of(trust.error().reason));
  }
  static std::string with_key(const std::string& key) { return reason({key, {}, {}}); }

  const SampleEvidence evidence;
  const std::string key = evidence.log_key().verifier().text();
  const test::TemporaryFolder folder;
};

TEST_F(TrustFiles, HoldAKeyFromTheCommandLineOrAFile) {
  EXPECT_EQ(read_trust({key, {}, {}}).value().logs[0].source, "");
  const auto file = write("vkey", key + "\n");
  const Trust trust = read_trust({"@" + file.string(), {}, {}}).value();
  EXPECT_EQ(trust.logs[0].key, evidence.log_key().verifier());
  EXPECT_EQ(trust.logs[0].source, file.string());
}

TEST_F(TrustFiles, HoldOneWellFormedKeyOfALog) {
  EXPECT_EQ(with_key(key + "x"), "malformed");
  EXPECT_EQ(with_key("@" + write("two", key + "\n" + key + "\n").string()), "malformed");
  EXPECT_EQ(with_key("@" + write("long", std::string(5'000, 'x')).string()), "malformed");
  EXPECT_EQ(with_key(evidence.witness_key().verifier().text()), "malformed");
  EXPECT_EQ(with_key("@" + (folder.path() / "none").string()), "missing");
  EXPECT_EQ(with_key("@" + folder.path().string()), "unreadable");
}

TEST_F(TrustFiles, AreReadAsEditorsSaveThem) {
  const auto file = write("vkey", "\xef\xbb\xbf\r\n" + key + " \r\n\r\n");
  EXPECT_EQ(read_trust({"@" + file.string(), {}, {}}).value().logs[0].key,
            evidence.log_key().verifier());
  EXPECT_EQ(with_key(key + "\r\n"), "malformed");
}

TEST_F(TrustFiles, LetAPolicyNameTheLog) {
  const auto policy = write("policy", evidence.policy_text("W1"));
  const Trust trust = read_trust({"", policy, {}}).value();
  EXPECT_EQ(trust.logs.size(), 1U);
  EXPECT_EQ(trust.logs[0].source, policy.string());
  EXPECT_EQ(trust.policy->policy.quorum(), "W1");
}

TEST_F(TrustFiles, AreRefusedWhereThePolicyNamesAnotherLog) {
  const merkle::SigningKey other("other.org", merkle::KeyType::ed25519,
                                 SecretKey(std::string(key_bytes, 'o')));
  const auto policy = write("policy", "log " + other.verifier().text() + "\nquorum none\n");
  EXPECT_EQ(reason({key, policy, {}}), "malformed");
  EXPECT_EQ(reason({key, write("policy", "quorum none\n"), {}}), "trusted");
  EXPECT_EQ(reason({"", write("policy", "quorum none\n"), {}}), "malformed");
  EXPECT_EQ(reason({key, write("policy", "quorum\n"), {}}), "malformed");
}

TEST_F(TrustFiles, MayNotComeFromWhatIsChecked) {
  std::filesystem::create_directories(folder.path() / "bundle/schema");
  const auto inside = write("bundle/schema/vkey", key + "\n");
  const auto outside = write("vkey", key + "\n");
  const auto bundle = folder.path() / "bundle";
  EXPECT_EQ(reason({"@" + inside.string(), {}, bundle}), "key-from-inside");
  EXPECT_EQ(reason({"@" + (bundle / "../bundle/schema/vkey").string(), {}, bundle}),
            "key-from-inside");
  EXPECT_EQ(reason({key, write("bundle/policy", evidence.policy_text("none")), bundle}),
            "key-from-inside");
  std::filesystem::create_symlink(inside, folder.path() / "link");
  EXPECT_EQ(reason({"@" + (folder.path() / "link").string(), {}, bundle}), "key-from-inside");
  EXPECT_EQ(reason({"@" + outside.string(), {}, bundle}), "trusted");
  EXPECT_EQ(reason({"@" + outside.string(), {}, bundle / "schema"}), "trusted");
}

}  // namespace
}  // namespace liggare::audit
