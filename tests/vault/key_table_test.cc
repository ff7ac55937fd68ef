#include "vault/key_table.h"

#include <gtest/gtest.h>

#include "tests/support/temporary_folder.h"
#include "vault/erasure_table.h"

namespace liggare::vault {

using test::TemporaryFolder;
using test::write_bytes;
namespace {

const ClassKeyName name{"participant/P1", PersonalClass::health};

KeyRow row(char id, std::int64_t generation = 1) {
  return {.key_id = std::string(16, id),
          .name = name,
          .generation = generation,
          .bucket = 101,
          .epoch = 1,
          .wrapped = std::string("wrapped\0key", 11)};
}

class KeyTableTest : public ::testing::Test {
 protected:
  KeyTableTest() {
    write_bytes(path_, "");
    EXPECT_TRUE(KeyTable::create(path_));
  }
  KeyTable open() { return KeyTable::open(path_).value(); }
  // As another program would, while no table is open.
  void alter(const std::string& sql) {
    auto database = Database::open(path_);
    ASSERT_TRUE(database);
    ASSERT_TRUE(database->run(sql));
  }
  ErrorCode refusal_to_open() {
    const auto table = KeyTable::open(path_);
    EXPECT_FALSE(table);
    return table ? ErrorCode::busy : table.error().code;
  }

  TemporaryFolder folder_;
  std::filesystem::path path_ = folder_.path() / "keys.sqlite";
};

TEST_F(KeyTableTest, KeepsARow) {
  ASSERT_TRUE(open().insert(row('a')));
  KeyTable table = open();
  EXPECT_EQ(table.find(std::string(16, 'a')).value(), row('a'));
  EXPECT_EQ(table.current(name).value(), row('a'));
}

TEST_F(KeyTableTest, KnowsWhatItDoesNotHold) {
  KeyTable table = open();
  ASSERT_TRUE(table.insert(row('a')));
  EXPECT_EQ(table.find(std::string(16, 'b')).value(), std::nullopt);
  EXPECT_EQ(table.current({"participant/P1", PersonalClass::social}).value(), std::nullopt);
  EXPECT_EQ(table.current({"participant/P2", PersonalClass::health}).value(), std::nullopt);
}

TEST_F(KeyTableTest, NewestGenerationIsCurrent) {
  KeyTable table = open();
  ASSERT_TRUE(table.insert(row('b', 2)));
  ASSERT_TRUE(table.insert(row('a', 1)));
  EXPECT_EQ(table.current(name).value(), row('b', 2));
}

TEST_F(KeyTableTest, RefusesASecondKeyOfAGeneration) {
  KeyTable table = open();
  ASSERT_TRUE(table.insert(row('a')));
  EXPECT_EQ(table.insert(row('b')).error().code, ErrorCode::invalid_argument);
}

TEST_F(KeyTableTest, RefusesADestroyedKeyId) {
  alter("INSERT INTO destroyed_key VALUES (CAST('aaaaaaaaaaaaaaaa' AS BLOB))");
  KeyTable table = open();
  const auto inserted = table.insert(row('a'));
  ASSERT_FALSE(inserted);
  EXPECT_EQ(inserted.error(),
            (Error{ErrorCode::invalid_argument, "keys.sqlite: a destroyed key id never returns"}));
  EXPECT_TRUE(table.insert(row('b')));
  EXPECT_EQ(table.destroyed_count().value(), 1);
}

TEST_F(KeyTableTest, UndoesWhatIsNotCommitted) {
  KeyTable table = open();
  {
    const auto transaction = table.begin();
    ASSERT_TRUE(table.insert(row('a')));
  }
  EXPECT_EQ(table.current(name).value(), std::nullopt);
}

TEST_F(KeyTableTest, ShowsAtOnceWhatAnotherHasAdded) {
  KeyTable table = open();
  KeyTable other = open();
  EXPECT_EQ(other.find(std::string(16, 'a')).value(), std::nullopt);
  ASSERT_TRUE(table.insert(row('a')));
  EXPECT_EQ(other.find(std::string(16, 'a')).value(), row('a'));
  ASSERT_TRUE(other.destroy(std::string(16, 'a')));
  EXPECT_EQ(table.find(std::string(16, 'a')).value(), std::nullopt);
}

TEST_F(KeyTableTest, RefusesANewerFormat) {
  alter("PRAGMA user_version = 4");
  EXPECT_EQ(refusal_to_open(), ErrorCode::unsupported);
}

TEST_F(KeyTableTest, RefusesAnotherProgramsDatabase) {
  alter("PRAGMA application_id = 7");
  EXPECT_EQ(refusal_to_open(), ErrorCode::corrupt);
}

TEST_F(KeyTableTest, RefusesWhatIsNoDatabase) {
  write_bytes(path_, std::string(8192, 'x'));
  EXPECT_EQ(refusal_to_open(), ErrorCode::corrupt);
}

TEST_F(KeyTableTest, KeepsWhatWasDestroyed) {
  KeyTable table = open();
  ASSERT_TRUE(table.insert(row('a')));
  ASSERT_TRUE(table.destroy(std::string(16, 'a')));
  ASSERT_TRUE(table.destroy(std::string(16, 'a')));
  ASSERT_TRUE(table.note_puncture(std::string(16, 'b'), "abcd"));
  EXPECT_EQ(table.find(std::string(16, 'a')).value(), std::nullopt);
  EXPECT_TRUE(table.is_destroyed(std::string(16, 'a')).value());
  EXPECT_FALSE(table.is_destroyed(std::string(16, 'b')).value());
  EXPECT_TRUE(table.is_punctured(std::string(16, 'b'), "abcd").value());
  EXPECT_FALSE(table.is_punctured(std::string(16, 'b'), "abce").value());
  EXPECT_EQ(table.insert(row('a')).error().code, ErrorCode::invalid_argument);
}

TEST_F(KeyTableTest, KnowsTheEpochInForce) {
  KeyTable table = open();
  EXPECT_TRUE(table.epochs().value().empty());
  ASSERT_TRUE(table.set_epoch(101, 2));
  ASSERT_TRUE(table.set_epoch(101, 3));
  EXPECT_EQ(table.epochs().value(), (std::map<std::uint32_t, std::uint64_t>{{101, 3}}));
}

TEST_F(KeyTableTest, TakesInVersionOne) {
  ASSERT_TRUE(open().insert(row('a')));
  alter(
      "DROP TABLE vault_key; DROP TABLE bucket_epoch; DROP TABLE punctured_section;"
      "DROP TABLE erasure; DROP TABLE erasure_target; DROP TABLE erasure_key;"
      "DROP TABLE index_key; DROP TABLE number_entry; DROP TABLE backup;"
      "DROP TABLE ledger_mark; DROP TABLE erasure_again;"
      "PRAGMA user_version = 1");
  EXPECT_EQ(open().find(std::string(16, 'a')).value(), row('a'));
  EXPECT_TRUE(open().epochs().value().empty());
}

TEST_F(KeyTableTest, TakesInVersionTwo) {
  ASSERT_TRUE(open().set_epoch(101, 2));
  alter("DROP TABLE ledger_mark; DROP TABLE erasure_again; PRAGMA user_version = 2");
  EXPECT_EQ(open().epochs().value().size(), 1U);
  KeyTable table = open();
  EXPECT_EQ(ledger_mark(table.database()).value(), std::nullopt);
}

TEST_F(KeyTableTest, SaysWhichRowMakesNoSense) {
  ASSERT_TRUE(open().insert(row('a')));
  alter("UPDATE class_key SET class = 'mood'");
  std::vector<std::string> messages;
  ASSERT_TRUE(open().for_each([&](const Result<KeyRow>& read) {
    messages.push_back(read ? "read" : read.error().message);
  }));
  ASSERT_EQ(messages.size(), 1U);
  EXPECT_EQ(messages[0], "vault key 61616161616161616161616161616161 has an unknown class");
}

TEST_F(KeyTableTest, MessagesHoldNoValues) {
  KeyTable table = open();
  ASSERT_TRUE(table.insert(row('a')));
  const std::string message = table.insert(row('a')).error().message;
  EXPECT_EQ(message.find("P1"), std::string::npos) << message;
  EXPECT_EQ(message.find("aaaa"), std::string::npos) << message;
}

}  // namespace
}  // namespace liggare::vault
