#include <gtest/gtest.h>
#include <sys/stat.h>

#include "audit/bundle_check.h"
#include "tests/audit/evidence_folder.h"
#include "tests/audit/outcome_expectation.h"
#include "tests/support/temporary_folder.h"

namespace liggare::audit {
namespace {

namespace fs = std::filesystem;

class BundleFolder : public testing::Test {
 protected:
  BundleFolder() {
    evidence.add("participant/P1");
    evidence.seal();
    write_files(path(), evidence.bundle("participant/P1"));
  }
  const fs::path& path() const { return folder.path(); }
  std::string check(const fs::path& at) const {
    return summary(check_bundle(at, evidence.trust()));
  }

  SampleEvidence evidence;
  test::TemporaryFolder folder;
};

TEST_F(BundleFolder, IsReadWhole) {
  EXPECT_EQ(read_bundle(path()).value(), evidence.bundle("participant/P1"));
  EXPECT_EQ(check(path()), "verified");
  EXPECT_EQ(check(path() / ""), "verified");
}

TEST_F(BundleFolder, ThatIsNotThereCannotTell) {
  EXPECT_EQ(check(path() / "none"), "cannot-tell missing " + (path() / "none").string());
  EXPECT_EQ(check(path() / "checkpoint"),
            "cannot-tell unreadable " + (path() / "checkpoint").string());
}

TEST_F(BundleFolder, FollowsNoLinks) {
  const test::TemporaryFolder outside;
  fs::rename(path() / "README.txt", outside.path() / "README.txt");
  fs::create_symlink(outside.path() / "README.txt", path() / "README.txt");
  EXPECT_EQ(check(path()), "cannot-tell unreadable README.txt");
  fs::remove(path() / "README.txt");
  fs::create_directory_symlink(outside.path(), path() / "more");
  EXPECT_EQ(check(path()), "cannot-tell unreadable more");
}

TEST_F(BundleFolder, WaitsForNoPipe) {
  ASSERT_EQ(::mkfifo((path() / "pipe").c_str(), 0600), 0);
  EXPECT_EQ(check(path()), "cannot-tell unreadable pipe");
}

TEST_F(BundleFolder, WithAHiddenFileIsTampered) {
  test::write_bytes(path() / "schema/.hidden", "x");
  EXPECT_EQ(check(path()), "tampered file-unlisted schema/.hidden");
}

}  // namespace
}  // namespace liggare::audit
