// A vault in a folder of its own, and the sections that were sealed in it.
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/random.h"
#include "tests/support/temporary_folder.h"
#include "vault/vault.h"

namespace liggare::vault {

// A folder in memory, where the system has one: what a process that is stopped leaves behind needs
// no disk, and hundreds of vaults cost one dearly.
class VaultFolder {
 public:
  VaultFolder() {
    const bool in_memory = std::filesystem::is_directory("/dev/shm");
    std::string name = (in_memory ? "/dev/shm/" : ::testing::TempDir()) + "liggare-XXXXXX";
    path_ = ::mkdtemp(name.data());
  }
  ~VaultFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  VaultFolder(const VaultFolder&) = delete;
  VaultFolder& operator=(const VaultFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

struct Sealed {
  sealing::EventContext event;
  sealing::Section section;
  std::string json;

  ClassKeyName name() const { return {event.subject, section.personal_class}; }
  SectionName section_name() const { return {section.key_id, name(), section.index}; }
};

// "open", or the word for why not.
inline std::string state_of(Vault& vault, const Sealed& sealed) {
  const auto opened = vault.open_section(sealed.event, sealed.section);
  if (!opened) return name_of(opened.error().code);
  return *opened == sealed.json ? "open" : "another text";
}

// A person whose keys lie in the same bucket as `subject`'s.
inline std::string neighbour_of(const std::string& subject, int which = 0) {
  for (int i = 0;; ++i) {
    const std::string candidate = "participant/N" + std::to_string(i);
    if (bucket_of(candidate) == bucket_of(subject) && which-- == 0) return candidate;
  }
}

class VaultFixture : public ::testing::Test {
 protected:
  VaultFixture() {
    auto made = Vault::create(path_, key());
    EXPECT_TRUE(made) << made.error().message;
    vault_ = std::move(made).value();
  }

  KeyEncryptionKey key() const { return {key_.clone()}; }
  static KeyEncryptionKey copy_of(const KeyEncryptionKey& key) { return {key.key.clone()}; }
  void close() { vault_.reset(); }
  void reopen() {
    close();
    auto opened = Vault::open(path_, key());
    ASSERT_TRUE(opened) << opened.error().message;
    vault_ = std::move(opened).value();
  }
  // As another program would, while the vault is closed.
  void alter(const std::string& sql) {
    close();
    auto database = Database::open(path_ / "keys.sqlite");
    ASSERT_TRUE(database);
    const auto ran = database->run(sql);
    ASSERT_TRUE(ran) << ran.error().message;
  }

  Sealed seal(const std::string& subject, PersonalClass personal_class) {
    const std::string number = std::to_string(++events_);
    const sealing::EventContext event{"e-" + number, subject, "note.recorded", "2024-05-06"};
    const std::string json = R"({"text":"Syntetisk )" + number + R"("})";
    auto sections = vault_->seal_sections(event, {{personal_class, json}});
    EXPECT_TRUE(sections) << sections.error().message;
    return {event, sections.value().at(0), json};
  }
  // An identity section, findable by the number that it holds.
  Sealed seal_number(const std::string& subject, const std::string& number) {
    const Sealed sealed = seal(subject, PersonalClass::identity);
    const std::vector<NumberEntry> entries{entry_of(sealed, number)};
    const auto indexed = vault_->index_numbers(entries);
    EXPECT_TRUE(indexed) << indexed.error().message;
    return sealed;
  }
  static NumberEntry entry_of(const Sealed& sealed, const std::string& number) {
    return {sealed.event.subject, sealed.event.event_id, number, sealed.section.key_id,
            sealed.section.index};
  }
  std::string state(const Sealed& sealed) { return state_of(*vault_, sealed); }

  void erase(const Erasure& erasure) {
    ASSERT_TRUE(vault_->begin_erasure(erasure));
    const auto destroyed = vault_->destroy(erasure);
    ASSERT_TRUE(destroyed) << destroyed.error().message;
    ASSERT_TRUE(vault_->finish_erasure(erasure.decision));
  }
  void expect_sound() {
    const auto report = vault_->check();
    ASSERT_TRUE(report);
    EXPECT_EQ(report->findings, std::vector<std::string>{});
  }

  VaultFolder folder_;
  std::filesystem::path path_ = folder_.path() / "vault";
  SecretKey key_ = random_key();
  std::unique_ptr<Vault> vault_;
  int events_ = 0;
};

template <class T>
ErrorCode code_of(const Result<T>& result) {
  EXPECT_FALSE(result);
  return result ? ErrorCode::unknown_outcome : result.error().code;
}

}  // namespace liggare::vault
