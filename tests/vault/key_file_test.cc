#include "vault/key_file.h"

#include <gtest/gtest.h>

#include "tests/support/temporary_folder.h"

namespace liggare::vault {

using test::TemporaryFolder;
using test::read_bytes;
using test::write_bytes;
namespace {

using std::filesystem::perms;

class KeyFile : public ::testing::Test {
 protected:
  void expect_unavailable(const char* why) {
    const auto key = read_key_file(path_);
    ASSERT_FALSE(key);
    EXPECT_EQ(key.error().code, ErrorCode::vault_unavailable);
    EXPECT_NE(key.error().message.find(why), std::string::npos) << key.error().message;
  }
  void write(const std::string& bytes, perms mode) {
    write_bytes(path_, bytes);
    std::filesystem::permissions(path_, mode);
  }

  static constexpr perms owner_only = perms::owner_read | perms::owner_write;
  TemporaryFolder folder_;
  std::filesystem::path path_ = folder_.path() / "vault.key";
};

TEST_F(KeyFile, IsMadeForItsOwnerAlone) {
  ASSERT_TRUE(make_key_file(path_));
  EXPECT_EQ(std::filesystem::status(path_).permissions(), owner_only);
  EXPECT_EQ(read_key_file(path_).value().key.view(), read_bytes(path_));
}

TEST_F(KeyFile, IsRandom) {
  ASSERT_TRUE(make_key_file(path_));
  ASSERT_TRUE(make_key_file(folder_.path() / "other.key"));
  EXPECT_NE(read_bytes(path_), read_bytes(folder_.path() / "other.key"));
}

TEST_F(KeyFile, IsNeverOverwritten) {
  write(std::string(32, 'k'), owner_only);
  const auto made = make_key_file(path_);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(read_bytes(path_), std::string(32, 'k'));
}

TEST_F(KeyFile, MustBeClosedToOthers) {
  write(std::string(32, 'k'), owner_only | perms::group_read | perms::others_read);
  expect_unavailable("must have mode 0600");
  write(std::string(32, 'k'), owner_only | perms::group_read);
  expect_unavailable("must have mode 0600");
  write(std::string(32, 'k'), owner_only);
  EXPECT_TRUE(read_key_file(path_));
}

TEST_F(KeyFile, MustHold32Bytes) {
  for (const std::size_t size : {0U, 31U, 33U, 64U}) {
    write(std::string(size, 'k'), owner_only);
    expect_unavailable("must hold 32 bytes");
  }
}

TEST_F(KeyFile, IsNamedByAFingerprint) {
  // sha256sum of "liggare/vault/key/v1" and 32 times "k", cut to 16 bytes.
  EXPECT_EQ(fingerprint_of({SecretKey(std::string(32, 'k'))}), "73f8c1e857d5ba4bb483fcb8a9f2508a");
}

TEST_F(KeyFile, MustExist) { expect_unavailable("No such file"); }

TEST_F(KeyFile, IsNotAFolder) {
  std::filesystem::create_directory(path_);
  expect_unavailable("no regular file");
}

}  // namespace
}  // namespace liggare::vault
