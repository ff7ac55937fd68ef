#include "audit/given_key.h"

#include <gtest/gtest.h>

#include "tests/audit/sample_evidence.h"
#include "tests/support/temporary_folder.h"

namespace liggare::audit {
namespace {

class GivenKey : public testing::Test {
 protected:
  std::string write(const std::string& name, const std::string& text) const {
    test::write_bytes(folder.path() / name, text);
    return (folder.path() / name).string();
  }
  std::string read(const std::string& given) const {
    const auto read = read_given_key("--vkey", given);
    return read ? read->text() : std::string(name_of(read.error().code));
  }
  static std::string complaint(const std::string& given) {
    return check_given_key("--vkey", given).error().message;
  }

  const std::string key = SampleEvidence().log_key().verifier().text();
  const test::TemporaryFolder folder;
};

TEST_F(GivenKey, IsTheTextOrStandsInAFile) {
  EXPECT_EQ(read(key), key);
  EXPECT_EQ(read("@" + write("vkey", key)), key);
  EXPECT_EQ(read("@" + write("vkey", "\xef\xbb\xbf\r\n " + key + " \r\n\r\n")), key);
}

TEST_F(GivenKey, IsReadAsItStandsOnACommandLine) {
  EXPECT_EQ(read(" " + key), "invalid-argument");
  EXPECT_EQ(read(key + "\n"), "invalid-argument");
  EXPECT_EQ(read("@" + (folder.path() / "none").string()), "not-found");
}

TEST_F(GivenKey, NeedsAnAtBeforeAFile) {
  const std::string plain = write("vkey", key);
  EXPECT_EQ(complaint(plain),
            plain + " is no key; to read one from that file write --vkey @" + plain);
  const std::string named_like_a_key = write("a+b+c", key);
  EXPECT_EQ(complaint(named_like_a_key).find(named_like_a_key + " is no key"), 0U);
  EXPECT_EQ(complaint("gone.vkey"),
            "gone.vkey is no key; to read one from that file write --vkey @gone.vkey");
}

TEST_F(GivenKey, IsNotNothing) {
  EXPECT_EQ(complaint(""), "--vkey takes a verifier key or @FILE");
  EXPECT_EQ(complaint("@"), "--vkey takes a verifier key or @FILE");
}

}  // namespace
}  // namespace liggare::audit
