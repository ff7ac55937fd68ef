#include "vault/vault.h"

#include <gtest/gtest.h>

#include <optional>
#include <set>
#include <thread>

#include "base/bytes.h"
#include "base/crc32c.h"
#include "tests/support/temporary_folder.h"

namespace liggare::vault {

using test::flip_bit;
using test::read_bytes;
using test::TemporaryFolder;
using test::write_bytes;
namespace {

using Names = std::vector<ClassKeyName>;

const ClassKeyName p1_health{"participant/P1", PersonalClass::health};
const ClassKeyName p1_social{"participant/P1", PersonalClass::social};
const ClassKeyName p2_health{"participant/P2", PersonalClass::health};

const sealing::EventContext event{.event_id = "e-1",
                                  .subject = "participant/P1",
                                  .type = "note.recorded",
                                  .effective = "2024-05-06"};
const std::string json = R"({"text":"Syntetisk anteckning."})";

class VaultTest : public ::testing::Test {
 protected:
  VaultTest() {
    EXPECT_TRUE(make_key_file(key_path_));
    auto made = Vault::create(path_, key());
    EXPECT_TRUE(made) << made.error().message;
    vault_ = std::move(made).value();
  }
  KeyEncryptionKey key() const { return read_key_file(key_path_).value(); }
  void close() { vault_.reset(); }
  void reopen() {
    close();
    auto opened = Vault::open(path_, key());
    ASSERT_TRUE(opened) << opened.error().message;
    vault_ = std::move(opened).value();
  }
  ErrorCode refusal_to_open(KeyEncryptionKey with) {
    const auto opened = Vault::open(path_, std::move(with));
    EXPECT_FALSE(opened);
    return opened ? ErrorCode::unknown_outcome : opened.error().code;
  }

  std::string key_id(const ClassKeyName& name) {
    return vault_->ensure_keys(Names{name}).value().at(0);
  }
  sealing::Section sealed(PersonalClass personal_class = PersonalClass::health) {
    return vault_->seal_sections(event, {{personal_class, json}}).value().at(0);
  }
  ErrorCode refusal_to_seal(const std::string& subject) {
    sealing::EventContext other = event;
    other.subject = subject;
    const auto section = vault_->seal_sections(other, {{PersonalClass::health, json}});
    EXPECT_FALSE(section);
    return section ? ErrorCode::unknown_outcome : section.error().code;
  }
  void expect_refused(const sealing::Section& section, ErrorCode code,
                      const sealing::EventContext& in = event) {
    const auto opened = vault_->open_section(in, section);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, code) << opened.error().message;
  }
  // As another program would, while the vault is closed.
  void alter(const std::string& sql) {
    close();
    auto database = Database::open(path_ / "keys.sqlite");
    ASSERT_TRUE(database);
    ASSERT_TRUE(database->run(sql));
  }

  TemporaryFolder folder_;
  std::filesystem::path key_path_ = folder_.path() / "vault.key";
  std::filesystem::path path_ = folder_.path() / "vault";
  std::unique_ptr<Vault> vault_;
};

TEST_F(VaultTest, GivesTheSameKeyEveryTime) {
  EXPECT_EQ(key_id(p1_health), key_id(p1_health));
  EXPECT_EQ(key_id(p1_health).size(), sealing::key_id_bytes);
}

TEST_F(VaultTest, KeysSurviveReopening) {
  const sealing::Section section = sealed();
  const std::string id = key_id(p1_health);
  reopen();
  EXPECT_EQ(key_id(p1_health), id);
  EXPECT_EQ(vault_->open_section(event, section).value(), json);
}

TEST_F(VaultTest, KeysAreOnDiskWhenTheyAreGiven) {
  const std::string id = key_id(p1_health);
  // What a process that is killed now leaves behind.
  const auto copy = folder_.path() / "copy";
  std::filesystem::copy(path_, copy);
  const auto opened = Vault::open(copy, key());
  ASSERT_TRUE(opened);
  EXPECT_EQ((*opened)->ensure_keys(Names{p1_health}).value().at(0), id);
}

TEST_F(VaultTest, KeepsAKeyForEachSubjectAndClass) {
  const auto ids = vault_->ensure_keys(Names{p1_health, p1_social, p2_health}).value();
  EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), 3U);
  const std::string index(4, '\0');
  EXPECT_NE(vault_->base_key(ids[0], p1_health, index).value().view(),
            vault_->base_key(ids[1], p1_social, index).value().view());
}

TEST_F(VaultTest, AnswersInTheOrderOfTheNames) {
  const std::string second = key_id(p1_social);
  const auto ids = vault_->ensure_keys(Names{p1_health, p1_social, p1_health}).value();
  EXPECT_EQ(ids.at(0), ids.at(2));
  EXPECT_EQ(ids.at(1), second);
  EXPECT_TRUE(vault_->ensure_keys({}).value().empty());
}

TEST_F(VaultTest, MakesOneGenerationForManyThreads) {
  std::vector<std::vector<std::string>> ids(8);
  std::vector<std::thread> threads;
  for (auto& mine : ids) {
    threads.emplace_back([&] {
      mine = vault_->ensure_keys(Names{p1_health, p1_social, p2_health}).value();
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const auto& mine : ids) EXPECT_EQ(mine, ids[0]);
  EXPECT_EQ(vault_->check().value().keys_opened, 3U);
}

TEST_F(VaultTest, SealsEachClassUnderItsOwnKey) {
  const auto sections =
      vault_->seal_sections(event, {{PersonalClass::health, json}, {PersonalClass::identity, "{}"}})
          .value();
  ASSERT_EQ(sections.size(), 2U);
  EXPECT_EQ(sections[0].personal_class, PersonalClass::identity);
  EXPECT_EQ(vault_->open_section(event, sections[0]).value(), "{}");
  EXPECT_EQ(vault_->open_section(event, sections[1]).value(), json);
  EXPECT_NE(sections[0].key_id, sections[1].key_id);
}

TEST_F(VaultTest, SealsUnderFreshIndexAndSaltEveryTime) {
  EXPECT_NE(sealed().index, sealed().index);
  EXPECT_NE(sealed().salt, sealed().salt);
  EXPECT_EQ(sealed().key_id, sealed().key_id);
}

TEST_F(VaultTest, OpensInNoOtherEvent) {
  sealing::EventContext other = event;
  other.event_id = "e-2";
  expect_refused(sealed(), ErrorCode::corrupt, other);
  other = event;
  other.subject = "participant/P2";
  expect_refused(sealed(), ErrorCode::corrupt, other);
}

TEST_F(VaultTest, RefusesASectionOfAnotherClass) {
  sealing::Section section = sealed();
  section.personal_class = PersonalClass::social;
  expect_refused(section, ErrorCode::corrupt);
}

TEST_F(VaultTest, DoesNotKnowAKeyWithAFlippedBit) {
  sealing::Section section = sealed();
  for (char& byte : section.key_id) {
    byte = static_cast<char>(byte ^ 1);
    expect_refused(section, ErrorCode::not_found);
    byte = static_cast<char>(byte ^ 1);
  }
  section.key_id.pop_back();
  expect_refused(section, ErrorCode::corrupt);
}

TEST_F(VaultTest, RefusesAnIndexOfAnotherLength) {
  const std::string id = key_id(p1_health);
  EXPECT_EQ(vault_->base_key(id, p1_health, "abc").error().code, ErrorCode::invalid_argument);
  sealing::Section section = sealed();
  section.index.pop_back();
  expect_refused(section, ErrorCode::corrupt);
}

TEST_F(VaultTest, RefusesAnotherKey) {
  ASSERT_TRUE(make_key_file(folder_.path() / "other.key"));
  close();
  EXPECT_EQ(refusal_to_open(read_key_file(folder_.path() / "other.key").value()),
            ErrorCode::vault_unavailable);
}

TEST_F(VaultTest, IsNotMadeOverAnother) {
  const std::string id = key_id(p1_health);
  close();
  const auto made = Vault::create(path_, key());
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, ErrorCode::invalid_argument);
  reopen();
  EXPECT_EQ(key_id(p1_health), id);
}

TEST_F(VaultTest, IsUnavailableWhereThereIsNone) {
  EXPECT_EQ(Vault::open(folder_.path() / "none", key()).error().code, ErrorCode::vault_unavailable);
}

TEST_F(VaultTest, IsClosedToOthers) {
  using std::filesystem::perms;
  const auto mode = [](const auto& path) { return std::filesystem::status(path).permissions(); };
  EXPECT_EQ(mode(path_), perms::owner_all);
  EXPECT_EQ(mode(path_ / "slots"), perms::owner_read | perms::owner_write);
  EXPECT_EQ(mode(path_ / "keys.sqlite"), perms::owner_read | perms::owner_write);
}

TEST_F(VaultTest, RefusesANewerFormat) {
  alter("PRAGMA user_version = 4");
  EXPECT_EQ(refusal_to_open(key()), ErrorCode::unsupported);
}

TEST_F(VaultTest, RefusesASlotOfANewerFormat) {
  close();
  std::string file = read_bytes(path_ / "slots");
  std::string slot = file.substr(0, slot_bytes - 4);
  slot[7] = '\3';
  put_u32(slot, crc32c(slot));
  write_bytes(path_ / "slots", file.replace(0, slot_bytes, slot));
  EXPECT_EQ(refusal_to_open(key()), ErrorCode::unsupported);
}

TEST_F(VaultTest, CheckOpensEverySlotAndKey) {
  ASSERT_TRUE(vault_->ensure_keys(Names{p1_health, p1_social, p2_health}));
  const VaultReport report = vault_->check().value();
  EXPECT_EQ(report.slots_opened, 256U);
  EXPECT_EQ(report.keys_opened, 3U);
  EXPECT_EQ(report.keys_destroyed, 0U);
  EXPECT_TRUE(report.findings.empty());
}

TEST_F(VaultTest, DamagedSlotCostsItsOwnBucketOnly) {
  ASSERT_TRUE(vault_->ensure_keys(Names{p1_health, p2_health}));
  ASSERT_NE(bucket_of("participant/P1"), bucket_of("participant/P2"));
  close();
  flip_bit(path_ / "slots", bucket_of("participant/P1") * slot_bytes + 50);
  reopen();
  EXPECT_EQ(refusal_to_seal("participant/P1"), ErrorCode::corrupt);
  EXPECT_TRUE(vault_->ensure_keys(Names{p2_health}));
  const VaultReport report = vault_->check().value();
  EXPECT_EQ(report.slots_opened, 255U);
  EXPECT_EQ(report.keys_opened, 1U);
  ASSERT_EQ(report.findings.size(), 2U);
  EXPECT_EQ(report.findings[0], "vault slot 101: its checksum is wrong");
}

TEST_F(VaultTest, CheckReadsTheSlotsFromDisk) {
  flip_bit(path_ / "slots", 50);
  EXPECT_EQ(vault_->check().value().findings,
            std::vector<std::string>{"vault slot 0: its checksum is wrong"});
}

TEST_F(VaultTest, NamesADamagedRow) {
  const sealing::Section section = sealed();
  key_id(p2_health);
  const std::string row = "vault key " + to_hex(section.key_id);
  alter("UPDATE class_key SET wrapped = zeroblob(73) WHERE subject = 'participant/P1'");
  reopen();
  expect_refused(section, ErrorCode::corrupt);
  EXPECT_EQ(refusal_to_seal("participant/P1"), ErrorCode::corrupt);
  const VaultReport report = vault_->check().value();
  EXPECT_EQ(report.keys_opened, 1U);
  EXPECT_EQ(report.findings, std::vector<std::string>{row + " does not open in its place"});
}

TEST_F(VaultTest, FindsRowsPutElsewhere) {
  key_id(p1_health);
  for (const auto* change : {"subject = 'participant/P2'", "class = 'social'", "epoch = 2",
                             "bucket = 7", "key_id = zeroblob(16)"}) {
    alter(std::string("CREATE TABLE kept AS SELECT * FROM class_key; UPDATE class_key SET ") +
          change);
    reopen();
    EXPECT_EQ(vault_->check().value().findings.size(), 1U) << change;
    alter("DELETE FROM class_key; INSERT INTO class_key SELECT * FROM kept; DROP TABLE kept");
    reopen();
    EXPECT_TRUE(vault_->check().value().findings.empty()) << change;
  }
}

TEST_F(VaultTest, MakesAllKeysOrNone) {
  close();
  flip_bit(path_ / "slots", bucket_of("participant/P1") * slot_bytes + 50);
  reopen();
  EXPECT_FALSE(vault_->ensure_keys(Names{p2_health, p1_health}));
  const VaultReport report = vault_->check().value();
  EXPECT_EQ(report.keys_opened, 0U);
  EXPECT_EQ(report.findings.size(), 1U);
  EXPECT_EQ(vault_->ensure_keys(Names{p2_health}).value().size(), 1U);
}

TEST_F(VaultTest, DestroyedKeyIsNotFound) {
  const sealing::Section section = sealed();
  alter("INSERT INTO destroyed_key SELECT key_id FROM class_key; DELETE FROM class_key");
  reopen();
  expect_refused(section, ErrorCode::not_found);
  EXPECT_EQ(vault_->check().value().keys_destroyed, 1U);
  EXPECT_NE(key_id(p1_health), section.key_id);
  expect_refused(section, ErrorCode::not_found);
}

// Every secret that the files keep, unwrapped.
std::vector<std::string> secrets_of(const std::filesystem::path& folder,
                                    const KeyEncryptionKey& key) {
  std::vector<std::string> secrets{std::string(key.key.view())};
  const auto slots = decode_slots(read_bytes(folder / "slots"), key).value();
  for (const auto& slot : slots) secrets.emplace_back(slot->key.key.view());
  auto table = KeyTable::open(folder / "keys.sqlite").value();
  EXPECT_TRUE(table.for_each([&](const Result<KeyRow>& row) {
    const SecretKey& epoch_key = slots.at(static_cast<std::size_t>(row->bucket))->key.key;
    const auto opened = unwrap_class_key(epoch_key, row->key_id, row->name, row->wrapped);
    secrets.emplace_back(opened.value().nodes.at(0).key.view());
  }));
  return secrets;
}

std::string all_bytes(const std::filesystem::path& folder) {
  std::string bytes;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    bytes += read_bytes(file.path());
  }
  return bytes;
}

TEST_F(VaultTest, FilesHoldNoKeyAndNoText) {
  sealed();
  key_id(p2_health);
  const std::string while_open = all_bytes(path_);
  close();
  const auto secrets = secrets_of(path_, key());
  ASSERT_EQ(secrets.size(), 1U + 256U + 2U);
  for (const std::string& bytes : {while_open, all_bytes(path_)}) {
    ASSERT_NE(bytes.find("participant/P1"), std::string::npos);
    EXPECT_EQ(bytes.find("Syntetisk"), std::string::npos);
    for (const std::string& secret : secrets) {
      // Half of a key would be as bad, and would tell that a page boundary hid the rest.
      EXPECT_EQ(bytes.find(secret.substr(0, 16)), std::string::npos);
      EXPECT_EQ(bytes.find(secret.substr(16)), std::string::npos);
    }
  }
}

}  // namespace
}  // namespace liggare::vault
