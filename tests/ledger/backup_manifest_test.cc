// What a manifest may say, and the files that it names.
#include "ledger/backup_manifest.h"

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "ledger/leaf_files.h"

namespace liggare::ledger {
namespace {

std::vector<std::string> names(std::uint64_t size) {
  std::vector<std::string> names;
  for (const LeafFile& file : leaf_files("log", size)) names.push_back(file.name);
  return names;
}

TEST(LeafFiles, EndWhereTheTreeEnds) {
  using Names = std::vector<std::string>;
  EXPECT_EQ(names(0), Names{});
  EXPECT_EQ(names(1), Names{"log/000000000-1"});
  EXPECT_EQ(names(8'191), Names{"log/000000000-8191"});
  EXPECT_EQ(names(8'192), Names{"log/000000000-8192"});
  EXPECT_EQ(names(8'193), (Names{"log/000000000-8192", "log/000000001-1"}));
  EXPECT_EQ(leaf_files("log", 8'193)[1].first, 8'192U);
}

TEST(LeafFiles, HoldSoManyLeavesAndNothingMore) {
  std::string bytes;
  for (const char* leaf : {"first", "", "third"}) put_leaf(bytes, leaf);
  EXPECT_EQ(*leaves_in(bytes, 3), (std::vector<std::string_view>{"first", "", "third"}));
  EXPECT_FALSE(leaves_in(bytes, 2));
  EXPECT_FALSE(leaves_in(bytes, 4));
  EXPECT_FALSE(leaves_in(bytes + '\0', 3));
  EXPECT_FALSE(leaves_in(bytes.substr(0, bytes.size() - 1), 3));
  EXPECT_TRUE(leaves_in("", 0));
}

TEST(Certificates, AreNamedWithinTheirFolder) {
  const std::string hash(16, 'a');
  EXPECT_EQ(certificate_in("erasures/" + hash + "-e1.certificate"), "e1.certificate");
  EXPECT_EQ(certificate_in(certificate_file("e1.certificate", Hash{})), "e1.certificate");
  for (const std::string& bad :
       {"log/" + hash + "-e1.certificate", "erasures/" + hash + "-", "erasures/" + hash + "_e1",
        "erasures/" + hash + "-.e1", "erasures/" + hash + "-a/../../e1",
        "erasures/" + hash + "-e 1", "erasures/" + hash + "-" + std::string(250, 'e')}) {
    EXPECT_EQ(certificate_in(bad), "") << bad;
  }
}

BackupManifest manifest() {
  BackupManifest made;
  made.identity.origin = "example.org/test";
  made.head.tree_size = 8'193;
  made.made = Instant{1'800'000'000'000'000};
  made.access.push_back({2025, {0, {}}});
  made.access.push_back({2026, {1, {}}});
  for (const char* name : {"access/2026/000000000-1", "erasures/aaaaaaaaaaaaaaaa-e1.certificate",
                           "log/000000000-8192", "log/000000001-1"}) {
    made.files.push_back({name, 7, {}});
  }
  return made;
}

// The lines as they are given, with the sum that belongs to them.
std::string summed(const std::string& lines) {
  return lines + "sha256 " + to_hex(sha256({lines}).view()) + "\n";
}
std::string code_of(const std::string& bytes) {
  const auto parsed = BackupManifest::parse(bytes);
  return parsed ? "read" : std::string(name_of(parsed.error().code));
}
std::string with(const std::string& from, const std::string& to) {
  std::string text = manifest().text();
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return summed(text.replace(at, from.size(), to));
}

TEST(BackupManifest, IsReadAsItWasPrinted) {
  for (const auto mode : {store::HeadMode::floor, store::HeadMode::strict}) {
    BackupManifest made = manifest();
    made.identity.head_mode = mode;
    const auto read = BackupManifest::parse(made.print());
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(*read, made);
  }
}

TEST(BackupManifest, IsOfANewerReleaseOnlyWhereItsSumSaysSo) {
  EXPECT_EQ(code_of(with("backup/v1", "backup/v2")), "unsupported");
  std::string flipped = manifest().print();
  flipped.replace(flipped.find("backup/v1"), 9, "backup/v2");
  EXPECT_EQ(code_of(flipped), "corrupt");
}

// Every other way to say the same, or to say what can't be.
TEST(BackupManifest, HasOneForm) {
  EXPECT_EQ(code_of(summed(manifest().text())), "read");
  for (const auto& [from, to] : std::initializer_list<std::pair<std::string, std::string>>{
           {"head floor", "head loose"},
           {"head floor\n", ""},
           {"tree 8193", "tree 08193"},
           {"access 2026", "access 12026"},
           {"access 2025", "access 2027"},
           {"file log/000000000-8192 7", "file log/000000000-8192 07"},
           {"file log/000000000-8192", "file log/000000002-8192"},
           {"file log/000000001-1", "file log/000000001-2"},
           {"file access/2026/000000000-1", "file log/000000000-0"},
           {"erasures/aaaaaaaaaaaaaaaa-e1.certificate", "erasures/aaaaaaaaaaaaaaaa-../e1"},
           {"erasures/aaaaaaaaaaaaaaaa-e1", "zrasures/aaaaaaaaaaaaaaaa-e1"},
           {"made ", "mode "},
           {"origin ", "origin\t"}}) {
    EXPECT_EQ(code_of(with(from, to)), "corrupt") << from << to;
  }
}

TEST(BackupManifest, NamesItsFilesInOrderAndNoneTwice) {
  BackupManifest swapped = manifest();
  std::swap(swapped.files[1], swapped.files[3]);
  EXPECT_EQ(code_of(swapped.print()), "corrupt");
  BackupManifest twice = manifest();
  twice.files.insert(twice.files.begin() + 1, twice.files[1]);
  EXPECT_EQ(code_of(twice.print()), "corrupt");
  BackupManifest years = manifest();
  years.access[0].year = 2027;
  EXPECT_EQ(code_of(years.print()), "corrupt");
  BackupManifest one_year = manifest();
  one_year.access[0].year = 2026;
  EXPECT_EQ(code_of(one_year.print()), "corrupt");
  BackupManifest far_year = manifest();
  far_year.access[1].year = 12'026;
  far_year.files[0].name = "access/12026/000000000-1";
  EXPECT_EQ(code_of(far_year.print()), "corrupt");
}

}  // namespace
}  // namespace liggare::ledger
