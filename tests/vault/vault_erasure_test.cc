// Erasure, the fence and the blind index; and a process that is stopped at any step of it.
#include <gtest/gtest.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <set>
#include <unordered_set>

#include "base/bytes.h"
#include "tests/support/chance.h"
#include "tests/support/full_disk.h"
#include "tests/vault/vault_fixture.h"

namespace liggare::vault {
namespace {

using test::read_bytes;
using test::write_bytes;

const std::string p1 = "participant/P1";
const std::string p2 = "participant/P2";
constexpr auto identity = PersonalClass::identity;
constexpr auto health = PersonalClass::health;
constexpr auto social = PersonalClass::social;

Erasure classes(const std::string& subject, std::vector<PersonalClass> erased,
                const std::string& decision = "d-1") {
  return {decision, subject, std::move(erased), {}};
}

Erasure sections(const std::vector<Sealed>& erased, const std::string& decision = "d-1") {
  Erasure erasure{decision, erased.at(0).event.subject, {}, {}};
  for (const Sealed& sealed : erased) erasure.sections.push_back(sealed.section_name());
  return erasure;
}

class VaultErasure : public VaultFixture {
 protected:
  std::vector<std::string> states(const std::vector<Sealed>& all) {
    std::vector<std::string> states;
    for (const Sealed& sealed : all) states.push_back(state(sealed));
    return states;
  }
  // Puts other nodes in a key's row, as a careful hand would, and opens the vault again.
  void forge(const Sealed& sealed, sealing::KeyNodes nodes) {
    close();
    const EpochKey epoch_key = epoch_key_of(sealed.event.subject);
    const ClassKey forged{sealed.section.key_id, sealed.name(), std::move(nodes)};
    {
      auto table = KeyTable::open(path_ / "keys.sqlite").value();
      ASSERT_TRUE(table.update({.key_id = forged.key_id,
                                .name = forged.name,
                                .epoch = static_cast<std::int64_t>(epoch_key.epoch),
                                .wrapped = wrap_class_key(epoch_key.key, forged)}));
    }
    reopen();
  }
  EpochKey epoch_key_of(const std::string& subject) {
    const auto slots = decode_slots(read_bytes(path_ / "slots"), key()).value();
    return slots.at(bucket_of(subject))->key.clone();
  }
};

TEST_F(VaultErasure, TakesOneClassOfOnePerson) {
  const Sealed gone = seal(p1, health);
  const std::vector<Sealed> kept{seal(p1, social), seal(p2, health),
                                 seal(neighbour_of(p1), health)};
  erase(classes(p1, {health}));
  EXPECT_EQ(state(gone), "not-found");
  EXPECT_EQ(states(kept), std::vector<std::string>(3, "open"));
  reopen();
  EXPECT_EQ(state(gone), "not-found");
  EXPECT_EQ(states(kept), std::vector<std::string>(3, "open"));
  expect_sound();
}

TEST_F(VaultErasure, SaysWhatItDestroyed) {
  const Sealed first = seal(p1, health);
  const Sealed second = seal(p1, social);
  Erasure erasure = classes(p1, {health});
  erasure.sections = {second.section_name()};
  ASSERT_TRUE(vault_->begin_erasure(erasure));
  const Destroyed destroyed = vault_->destroy(erasure).value();
  EXPECT_EQ(destroyed, (Destroyed{2, {first.section.key_id}, 1}));
  EXPECT_EQ(vault_->destroy(erasure).value(), destroyed);
  reopen();
  EXPECT_EQ(vault_->destroy(erasure).value(), destroyed);
  EXPECT_EQ(vault_->check().value().keys_destroyed, 1U);
  EXPECT_EQ(vault_->check().value().sections_punctured, 1U);
}

TEST_F(VaultErasure, TakesEveryGeneration) {
  const Sealed first = seal(p1, health);
  alter("UPDATE class_key SET generation = 2");
  reopen();
  alter(
      "INSERT INTO class_key SELECT randomblob(16), subject, class, 1, bucket, epoch, wrapped "
      "FROM class_key");
  reopen();
  ASSERT_TRUE(vault_->begin_erasure(classes(p1, {health})));
  EXPECT_EQ(vault_->destroy(classes(p1, {health})).value().key_ids.size(), 2U);
  EXPECT_EQ(state(first), "not-found");
}

TEST_F(VaultErasure, PuncturesOneOfTwoHundred) {
  std::vector<Sealed> all;
  for (int i = 0; i < 200; ++i) all.push_back(seal(p1, health));
  erase(sections({all[77]}));
  reopen();
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_EQ(state(all[i]), i == 77 ? "not-found" : "open") << i;
  }
  EXPECT_TRUE(vault_->is_destroyed(all[77].section.key_id, all[77].section.index).value());
  EXPECT_FALSE(vault_->is_destroyed(all[78].section.key_id, all[78].section.index).value());
  expect_sound();
}

TEST_F(VaultErasure, SealsUnderAPuncturedKey) {
  const Sealed gone = seal(p1, health);
  erase(sections({gone}));
  reopen();
  const Sealed later = seal(p1, health);
  EXPECT_EQ(later.section.key_id, gone.section.key_id);
  EXPECT_EQ(state(later), "open");
  erase(sections({later}, "d-2"));
  EXPECT_EQ(state(gone), "not-found");
  EXPECT_EQ(state(later), "not-found");
  EXPECT_EQ(state(seal(p1, health)), "open");
  expect_sound();
}

TEST_F(VaultErasure, SealsOnlyAtIndexesThatAreLeft) {
  const Sealed sealed = seal(p1, health);
  sealing::KeyNodes nodes;
  nodes.push_back({"\x03", random_key()});
  forge(sealed, std::move(nodes));
  for (int i = 0; i < 20; ++i) {
    const Sealed later = seal(p1, health);
    EXPECT_EQ(later.section.index[0] >> 4, 3);
    EXPECT_EQ(state(later), "open");
  }
}

TEST_F(VaultErasure, FencesFromTheBeginning) {
  const Sealed sealed = seal(p1, health);
  const Sealed other = seal(p1, social);
  ASSERT_TRUE(vault_->begin_erasure(classes(p1, {health})));
  for (int run = 0; run < 2; ++run) {
    EXPECT_TRUE(vault_->is_fenced(p1, health));
    EXPECT_FALSE(vault_->is_fenced(p1, social));
    EXPECT_FALSE(vault_->is_fenced(p2, health));
    EXPECT_EQ(state(sealed), "fenced");
    EXPECT_EQ(state(other), "open");
    EXPECT_EQ(code_of(vault_->ensure_keys(std::vector<ClassKeyName>{{p1, social}, {p1, health}})),
              ErrorCode::fenced);
    EXPECT_EQ(code_of(vault_->seal_sections(sealed.event, {{health, "{}"}})), ErrorCode::fenced);
    reopen();
  }
}

TEST_F(VaultErasure, FencesTheClassesOfSections) {
  const Sealed gone = seal(p1, health);
  const Sealed kept = seal(p1, health);
  ASSERT_TRUE(vault_->begin_erasure(sections({gone})));
  EXPECT_EQ(states({gone, kept}), (std::vector<std::string>{"fenced", "fenced"}));
  ASSERT_TRUE(vault_->destroy(sections({gone})));
  EXPECT_EQ(states({gone, kept}), (std::vector<std::string>{"not-found", "fenced"}));
  ASSERT_TRUE(vault_->finish_erasure("d-1"));
  EXPECT_EQ(states({gone, kept}), (std::vector<std::string>{"not-found", "open"}));
}

TEST_F(VaultErasure, StartsANewGenerationAfterwards) {
  const Sealed gone = seal(p1, health);
  ASSERT_TRUE(vault_->begin_erasure(classes(p1, {health})));
  ASSERT_TRUE(vault_->destroy(classes(p1, {health})));
  EXPECT_EQ(code_of(vault_->seal_sections(gone.event, {{health, "{}"}})), ErrorCode::fenced);
  ASSERT_TRUE(vault_->finish_erasure("d-1"));
  const Sealed later = seal(p1, health);
  EXPECT_NE(later.section.key_id, gone.section.key_id);
  EXPECT_EQ(states({gone, later}), (std::vector<std::string>{"not-found", "open"}));
}

TEST_F(VaultErasure, TellsHowFarItHasCome) {
  const Erasure erasure = classes(p1, {social, health});
  EXPECT_TRUE(vault_->pending_erasures().value().empty());
  ASSERT_TRUE(vault_->begin_erasure(erasure));
  ASSERT_TRUE(vault_->begin_erasure(classes(p1, {health, social})));
  EXPECT_EQ(vault_->pending_erasures().value().at(0).step, ErasureStep::fenced);
  EXPECT_EQ(vault_->pending_erasures().value().at(0).epoch, 0U);
  ASSERT_TRUE(vault_->destroy(erasure));
  reopen();
  const auto pending = vault_->pending_erasures().value();
  ASSERT_EQ(pending.size(), 1U);
  EXPECT_EQ(pending[0].erasure, classes(p1, {social, health}));
  EXPECT_EQ(pending[0].step, ErasureStep::destroyed);
  EXPECT_EQ(pending[0].epoch, 2U);
  ASSERT_TRUE(vault_->finish_erasure("d-1"));
  ASSERT_TRUE(vault_->finish_erasure("d-1"));
  EXPECT_TRUE(vault_->pending_erasures().value().empty());
}

TEST_F(VaultErasure, GoesInOrder) {
  EXPECT_EQ(code_of(vault_->destroy(classes(p1, {health}))), ErrorCode::not_found);
  EXPECT_EQ(code_of(vault_->finish_erasure("d-1")), ErrorCode::not_found);
  ASSERT_TRUE(vault_->begin_erasure(classes(p1, {health})));
  EXPECT_EQ(code_of(vault_->finish_erasure("d-1")), ErrorCode::invalid_argument);
  EXPECT_EQ(code_of(vault_->begin_erasure(classes(p1, {social}))), ErrorCode::invalid_argument);
  EXPECT_EQ(code_of(vault_->destroy(classes(p1, {social}))), ErrorCode::invalid_argument);
  ASSERT_TRUE(vault_->destroy(classes(p1, {health})));
  ASSERT_TRUE(vault_->finish_erasure("d-1"));
  EXPECT_EQ(code_of(vault_->begin_erasure(classes(p1, {health}))), ErrorCode::invalid_argument);
}

TEST_F(VaultErasure, RefusesWhatMakesNoSense) {
  const Sealed sealed = seal(p1, health);
  const auto refused = [&](const Erasure& erasure) {
    return code_of(vault_->begin_erasure(erasure)) == ErrorCode::invalid_argument;
  };
  EXPECT_TRUE(refused(classes(p1, {})));
  EXPECT_TRUE(refused(classes("", {health})));
  EXPECT_TRUE(refused(classes(p1, {health}, "")));
  Erasure erasure = sections({sealed});
  erasure.subject = p2;
  EXPECT_TRUE(refused(erasure));
  erasure.sections[0].name.subject = p2;
  EXPECT_TRUE(refused(erasure));
  erasure = sections({sealed});
  erasure.sections[0].name.personal_class = social;
  EXPECT_TRUE(refused(erasure));
  erasure = sections({sealed});
  erasure.sections[0].index += 'x';
  EXPECT_TRUE(refused(erasure));
  EXPECT_FALSE(vault_->is_fenced(p1, health));
}

TEST_F(VaultErasure, TwoCanBePending) {
  const Sealed one = seal(p1, health);
  const Sealed two = seal(neighbour_of(p1), health);
  ASSERT_TRUE(vault_->begin_erasure(classes(p1, {health}, "d-1")));
  ASSERT_TRUE(vault_->begin_erasure(classes(neighbour_of(p1), {health}, "d-2")));
  ASSERT_TRUE(vault_->destroy(classes(p1, {health}, "d-1")));
  EXPECT_EQ(states({one, two}), (std::vector<std::string>{"not-found", "fenced"}));
  ASSERT_TRUE(vault_->finish_erasure("d-1"));
  EXPECT_TRUE(vault_->is_fenced(neighbour_of(p1), health));
  EXPECT_EQ(vault_->destroy(classes(neighbour_of(p1), {health}, "d-2")).value().epoch, 3U);
}

TEST_F(VaultErasure, LeavesADamagedBucketToBeRestored) {
  const Sealed sealed = seal(p1, health);
  close();
  const std::string slots = read_bytes(path_ / "slots");
  test::flip_bit(path_ / "slots", bucket_of(p1) * slot_bytes + 50);
  reopen();
  ASSERT_TRUE(vault_->begin_erasure(classes(p1, {health})));
  EXPECT_EQ(code_of(vault_->destroy(classes(p1, {health}))), ErrorCode::corrupt);
  close();
  write_bytes(path_ / "slots", slots);
  reopen();
  ASSERT_TRUE(vault_->destroy(classes(p1, {health})));
  EXPECT_EQ(state(sealed), "not-found");
}

// Does something at one step.
struct At {
  int step;
  std::function<void()> what;
  int seen = 0;
  void operator()() {
    if (++seen == step) what();
  }
};

TEST_F(VaultErasure, IsNotDoneWhileTheSlotHoldsTheOldKey) {
  const Sealed gone = seal(p1, health);
  ASSERT_TRUE(vault_->begin_erasure(classes(p1, {health})));
  const auto slots = path_ / "slots";
  const auto away = folder_.path() / "away";
  vault_->watch_steps(At{4, [&] { std::filesystem::rename(slots, away); }});
  EXPECT_EQ(code_of(vault_->destroy(classes(p1, {health}))), ErrorCode::not_found);
  std::filesystem::rename(away, slots);
  EXPECT_TRUE(decode_slots(read_bytes(slots), key()).value()[101]->next);
  EXPECT_EQ(vault_->pending_erasures().value().at(0).step, ErasureStep::fenced);
  EXPECT_EQ(code_of(vault_->finish_erasure("d-1")), ErrorCode::invalid_argument);
  const Sealed neighbour = seal(neighbour_of(p1), health);
  ASSERT_TRUE(vault_->destroy(classes(p1, {health})));
  EXPECT_FALSE(decode_slots(read_bytes(slots), key()).value()[101]->next);
  reopen();
  EXPECT_EQ(states({gone, neighbour}), (std::vector<std::string>{"not-found", "open"}));
}

// Whoever judges an event asks, and can't wait for what is being written.
TEST_F(VaultErasure, TellsWhatIsFencedWhileItWrites) {
  std::vector<bool> seen;
  vault_->watch_steps([&] { seen.push_back(vault_->is_fenced(p1, health)); });
  ASSERT_TRUE(vault_->begin_erasure(classes(p1, {health})));
  EXPECT_EQ(seen, (std::vector<bool>{false, false, true}));
}

TEST_F(VaultErasure, MakesNoKeyWhileItIsUnknownWhichOneIsInForce) {
  const Sealed sealed = seal(p1, health);
  ASSERT_TRUE(vault_->begin_erasure(classes(p1, {health})));
  std::optional<test::FullDisk> full;  // No commit gets through.
  vault_->watch_steps(At{3, [&] { full.emplace(); }});
  const auto destroyed = vault_->destroy(classes(p1, {health}));
  full.reset();
  EXPECT_EQ(code_of(destroyed), ErrorCode::io);
  const std::vector<ClassKeyName> names{{neighbour_of(p1), social}};
  EXPECT_EQ(code_of(vault_->ensure_keys(names)), ErrorCode::io);
  EXPECT_EQ(code_of(vault_->destroy(classes(p1, {health}))), ErrorCode::io);
  reopen();
  EXPECT_EQ(state(sealed), "fenced");
  EXPECT_TRUE(vault_->ensure_keys(names));
  ASSERT_TRUE(vault_->destroy(classes(p1, {health})));
  EXPECT_EQ(state(sealed), "not-found");
  expect_sound();
}

TEST_F(VaultErasure, IsNotHeldUpByDamagedNeighbours) {
  const std::string other = neighbour_of(p1);
  const Sealed gone = seal(p1, health);
  const Sealed kept = seal(other, social);
  seal(other, health);
  alter("UPDATE class_key SET wrapped = zeroblob(73) WHERE class = 'health' AND subject = '" +
        other + "'");
  reopen();
  erase(classes(p1, {health}));
  EXPECT_EQ(states({gone, kept}), (std::vector<std::string>{"not-found", "open"}));
  EXPECT_EQ(vault_->check().value().findings.size(), 1U);
}

TEST_F(VaultErasure, OldFilesOpenUnderNoKeyThatIsLeft) {
  const std::string other = neighbour_of(p1);
  seal(p1, health);
  const Sealed punctured = seal(p1, social);
  seal(other, health);
  seal(p2, health);
  const SecretKey old_key = epoch_key_of(p1).key.clone();
  const std::string old_slot =
      read_bytes(path_ / "slots").substr(bucket_of(p1) * slot_bytes + 20, 72);
  close();
  const auto old_rows = folder_.path() / "old.sqlite";
  std::filesystem::copy(path_ / "keys.sqlite", old_rows);
  reopen();
  Erasure erasure = classes(p1, {health});
  erasure.sections = {punctured.section_name()};
  erase(erasure);
  close();
  EXPECT_EQ(read_bytes(path_ / "slots").find(old_slot.substr(0, 24)), std::string::npos);
  EXPECT_EQ(read_bytes(path_ / "slots").find(old_slot.substr(24)), std::string::npos);
  std::vector<SecretKey> left;
  left.push_back(key_.clone());
  const auto slots = decode_slots(read_bytes(path_ / "slots"), key()).value();
  for (const auto& slot : slots) {
    EXPECT_FALSE(slot->next);
    EXPECT_NE(slot->key.key.view(), old_key.view());
    left.push_back(slot->key.key.clone());
  }
  std::map<std::string, int> opened;  // By subject.
  auto table = KeyTable::open(old_rows).value();
  ASSERT_TRUE(table.for_each([&](const Result<KeyRow>& row) {
    for (const SecretKey& candidate : left) {
      if (unwrap_class_key(candidate, row->key_id, row->name, row->wrapped)) {
        ++opened[row->name.subject];
      }
    }
    EXPECT_EQ(unwrap_class_key(old_key, row->key_id, row->name, row->wrapped).has_value(),
              bucket_of(row->name.subject) == bucket_of(p1));
  }));
  EXPECT_EQ(opened, (std::map<std::string, int>{{p2, 1}}));
}

TEST_F(VaultErasure, CheckSeesWhatCameBack) {
  const Sealed whole = seal(p1, health);
  const Sealed punctured = seal(p1, social);
  Erasure erasure = classes(p1, {health});
  erasure.sections = {punctured.section_name()};
  erase(erasure);
  expect_sound();
  forge(punctured, sealing::whole_tree(random_key()));
  EXPECT_EQ(
      vault_->check().value().findings.at(0),
      "vault key " + to_hex(punctured.section.key_id) + " opens a section that was destroyed");
  alter("DELETE FROM destroyed_key");
  reopen();
  EXPECT_EQ(vault_->check().value().findings.at(1),
            "keys.sqlite: what erasure d-1 destroyed is not kept as destroyed");
}

TEST_F(VaultErasure, CheckSeesSlotsOfAnotherTime) {
  seal(p1, health);
  close();
  const std::string slots = read_bytes(path_ / "slots");
  reopen();
  erase(classes(p1, {health}));
  close();
  write_bytes(path_ / "slots", slots);
  reopen();
  EXPECT_EQ(vault_->check().value().findings.at(0),
            "vault slot 101: it is of another epoch than keys.sqlite");
}

// The blind index.

const std::string number = "199001012385";
const std::string other_number = "199202032386";

// An older state of the vault's files is put in its place, as a careless hand would.
class VaultPutBack : public VaultErasure {
 protected:
  void keep() {
    close();
    std::filesystem::copy(path_, folder_.path() / "kept");
    reopen();
  }
  void put_back() {
    close();
    std::filesystem::remove_all(path_);
    std::filesystem::copy(folder_.path() / "kept", path_);
    reopen();
  }
};

TEST_F(VaultPutBack, IsFencedOnceItIsTold) {
  const Sealed gone = seal(p1, health);
  const Sealed other = seal(p1, social);
  keep();
  const Erasure erasure = classes(p1, {health});
  erase(erasure);
  EXPECT_TRUE(vault_->has_destroyed("d-1").value());
  ASSERT_TRUE(vault_->begin_again(erasure));
  EXPECT_TRUE(vault_->pending_erasures().value().empty());
  put_back();
  EXPECT_FALSE(vault_->has_destroyed("d-1").value());
  EXPECT_EQ(state(gone), "open");
  ASSERT_TRUE(vault_->begin_again(erasure));
  ASSERT_TRUE(vault_->begin_again(erasure));
  reopen();
  EXPECT_EQ(state(gone), "fenced");
  EXPECT_EQ(state(other), "open");
  EXPECT_EQ(code_of(vault_->seal_sections(gone.event, {{health, "{}"}})), ErrorCode::fenced);
  const auto copy = vault_->back_up(
      {folder_.path() / "copy", *Day::parse("2026-11-22"), *Day::parse("2026-11-23"), ""});
  EXPECT_EQ(code_of(copy), ErrorCode::fenced);
  EXPECT_NE(copy.error().message.find("d-1 was executed"), std::string::npos);
  EXPECT_EQ(code_of(vault_->rotate({random_key()})), ErrorCode::fenced);
  ASSERT_EQ(vault_->pending_erasures().value().size(), 1U);
  EXPECT_TRUE(vault_->pending_erasures().value()[0].again);
  EXPECT_EQ(vault_->destroy(erasure).value().key_ids,
            std::vector<std::string>{gone.section.key_id});
  ASSERT_TRUE(vault_->finish_erasure("d-1"));
  EXPECT_EQ(state(gone), "not-found");
  EXPECT_EQ(state(other), "open");
  EXPECT_NE(seal(p1, health).section.key_id, gone.section.key_id);
  expect_sound();
}

TEST_F(VaultPutBack, KeepsIdsThatItNeverKnew) {
  keep();
  const Sealed gone = seal(p1, health);
  const Erasure erasure = classes(p1, {health});
  erase(erasure);
  put_back();
  ASSERT_TRUE(vault_->begin_again(erasure));
  const std::vector<std::string> ids{gone.section.key_id};
  EXPECT_TRUE(vault_->destroy(erasure, ids).value().key_ids.empty());
  EXPECT_TRUE(vault_->is_destroyed(gone.section.key_id, gone.section.index).value());
  expect_sound();
}

TEST_F(VaultPutBack, TakesOverWhatHadBegun) {
  const Sealed gone = seal(p1, health);
  const Erasure erasure = sections({gone});
  ASSERT_TRUE(vault_->begin_erasure(erasure));
  keep();
  ASSERT_TRUE(vault_->destroy(erasure));
  ASSERT_TRUE(vault_->finish_erasure("d-1"));
  put_back();
  EXPECT_FALSE(vault_->pending_erasures().value().at(0).again);
  ASSERT_TRUE(vault_->begin_again(erasure));
  EXPECT_TRUE(vault_->pending_erasures().value().at(0).again);
  EXPECT_EQ(vault_->destroy(erasure).value().punctured, 1U);
  EXPECT_EQ(state(gone), "not-found");
}

TEST_F(VaultPutBack, KeepsTheMarkOfItsLedger) {
  EXPECT_EQ(vault_->ledger_mark().value(), std::nullopt);
  const LedgerMark mark{17, sha256({"leaf"})};
  ASSERT_TRUE(vault_->set_ledger_mark({4, sha256({"earlier"})}));
  ASSERT_TRUE(vault_->set_ledger_mark(mark));
  reopen();
  EXPECT_EQ(vault_->ledger_mark().value(), mark);
  alter("UPDATE ledger_mark SET size = -1");
  reopen();
  EXPECT_EQ(code_of(vault_->ledger_mark()), ErrorCode::corrupt);
}

TEST_F(VaultErasure, FindsAPersonByNumber) {
  seal_number(p1, number);
  seal_number(p2, other_number);
  EXPECT_EQ(vault_->find_number(number).value(), std::vector<std::string>{p1});
  reopen();
  EXPECT_EQ(vault_->find_number(other_number).value(), std::vector<std::string>{p2});
  EXPECT_TRUE(vault_->find_number("198501012385").value().empty());
  EXPECT_EQ(vault_->check().value().numbers_opened, 2U);
}

TEST_F(VaultErasure, FindsEveryPersonOnce) {
  const std::string other = neighbour_of(p1);
  const Sealed sealed = seal_number(p1, number);
  seal_number(p1, number);
  seal_number(other, number);
  seal_number(p2, number);
  ASSERT_TRUE(vault_->index_numbers(std::vector<NumberEntry>{entry_of(sealed, number)}));
  std::vector<std::string> expected{p1, p2, other};
  std::sort(expected.begin(), expected.end());
  EXPECT_EQ(vault_->find_number(number).value(), expected);
  EXPECT_EQ(vault_->check().value().numbers_opened, 4U);
}

TEST_F(VaultErasure, NumbersDieWithTheirClass) {
  const std::string other = neighbour_of(p1);
  seal_number(p1, number);
  seal_number(other, number);
  ASSERT_TRUE(vault_->begin_erasure(classes(p1, {identity})));
  EXPECT_EQ(vault_->find_number(number).value(), std::vector<std::string>{other});
  ASSERT_TRUE(vault_->destroy(classes(p1, {identity})));
  ASSERT_TRUE(vault_->finish_erasure("d-1"));
  EXPECT_EQ(vault_->find_number(number).value(), std::vector<std::string>{other});
  EXPECT_EQ(vault_->check().value().numbers_opened, 1U);
  expect_sound();
  seal_number(p1, other_number);
  EXPECT_EQ(vault_->find_number(other_number).value(), std::vector<std::string>{p1});
}

TEST_F(VaultErasure, NumbersDieWithTheirSection) {
  const Sealed gone = seal_number(p1, number);
  seal_number(p1, other_number);
  erase(sections({gone}));
  EXPECT_TRUE(vault_->find_number(number).value().empty());
  EXPECT_EQ(vault_->find_number(other_number).value(), std::vector<std::string>{p1});
  EXPECT_EQ(code_of(vault_->index_numbers(std::vector<NumberEntry>{entry_of(gone, number)})),
            ErrorCode::not_found);
  expect_sound();
}

TEST_F(VaultErasure, NumbersOutliveOtherErasures) {
  const Sealed note = seal(p1, identity);
  seal_number(p1, number);
  seal(p1, health);
  erase(classes(p1, {health}, "d-1"));
  erase(sections({note}, "d-2"));
  EXPECT_EQ(vault_->find_number(number).value(), std::vector<std::string>{p1});
  expect_sound();
}

TEST_F(VaultErasure, IndexesAllNumbersOrNone) {
  const Sealed good = seal(p1, identity);
  Sealed bad = seal(p2, identity);
  bad.section.key_id = std::string(16, 'x');
  EXPECT_EQ(code_of(vault_->index_numbers(
                std::vector<NumberEntry>{entry_of(good, number), entry_of(bad, other_number)})),
            ErrorCode::not_found);
  EXPECT_TRUE(vault_->find_number(number).value().empty());
  const Sealed noted = seal(p1, health);
  EXPECT_EQ(code_of(vault_->index_numbers(std::vector<NumberEntry>{entry_of(noted, number)})),
            ErrorCode::corrupt);
}

TEST_F(VaultErasure, DamageHidesNoOneElse) {
  seal_number(p1, number);
  seal_number(p2, other_number);
  close();
  test::flip_bit(path_ / "slots", bucket_of(p1) * slot_bytes + 50);
  reopen();
  EXPECT_EQ(vault_->find_number(other_number).value(), std::vector<std::string>{p2});
  EXPECT_EQ(code_of(vault_->find_number(number)), ErrorCode::corrupt);
}

TEST_F(VaultErasure, CheckSeesNumbersInOtherPlaces) {
  seal_number(p1, number);
  for (const char* change : {"mac = zeroblob(32)", "section_index = zeroblob(4)",
                             "key_id = zeroblob(16)", "sealed = zeroblob(168)", "bucket = 7"}) {
    alter(std::string("CREATE TABLE kept AS SELECT * FROM number_entry; UPDATE number_entry SET ") +
          change);
    reopen();
    EXPECT_EQ(vault_->check().value().findings.size(), 1U) << change;
    alter("DELETE FROM number_entry; INSERT INTO number_entry SELECT * FROM kept; DROP TABLE kept");
    reopen();
    expect_sound();
  }
  alter("UPDATE index_key SET wrapped = zeroblob(72)");
  reopen();
  EXPECT_EQ(vault_->check().value().findings.at(0), "the index key of bucket 101 does not open");
}

// A personnummer of the years 1980 to 2010; each index another one, as far as there are.
std::string candidate(std::size_t i) {
  const Day born = Day::from_date(1980, 1, 1)->plus_days(static_cast<std::int32_t>(i % 11'000));
  std::string digits = born.text();
  digits.erase(std::remove(digits.begin(), digits.end(), '-'), digits.end());
  const std::string serial = std::to_string(1'238 + i / 11'000 % 762);
  digits += serial.substr(1);
  int sum = 0;
  for (std::size_t place = 2; place < digits.size(); ++place) {
    const int value = (digits[place] - '0') * (place % 2 == 0 ? 2 : 1);
    sum += value / 10 + value % 10;
  }
  return digits + static_cast<char>('0' + (10 - sum % 10) % 10);
}

// LIGGARE_CANDIDATES=1000000 tries a million.
std::size_t candidate_count() {
  const char* wanted = ::getenv("LIGGARE_CANDIDATES");
  return wanted == nullptr ? 10'000 : static_cast<std::size_t>(std::strtoull(wanted, nullptr, 10));
}

using Macs = std::unordered_set<std::string>;

Macs macs_of(const std::filesystem::path& keys) {
  auto table = KeyTable::open(keys).value();
  Macs macs;
  for (std::uint32_t bucket = 0; bucket < bucket_count; ++bucket) {
    const auto rows = numbers_in(table.database(), bucket).value();
    for (const NumberRow& row : rows) macs.insert(row.mac);
  }
  return macs;
}

// Every secret that files and keys give, index keys and class keys included.
std::vector<SecretKey> secrets_of(const std::filesystem::path& keys, const std::string& slot_file,
                                  const KeyEncryptionKey& key) {
  std::vector<SecretKey> secrets;
  secrets.push_back(key.key.clone());
  auto table = KeyTable::open(keys).value();
  const auto slots = decode_slots(slot_file, key).value();
  const auto wrapped = index_keys(table.database()).value();
  for (const auto& slot : slots) {
    for (const IndexKeyRow& row : wrapped) {
      auto index_key = unwrap_index_key(slot->key.key, row.bucket, row.wrapped);
      if (index_key) secrets.push_back(*std::move(index_key));
    }
  }
  EXPECT_TRUE(table.for_each([&](const Result<KeyRow>& row) {
    const EpochKey& epoch_key = slots[static_cast<std::size_t>(row->bucket)]->key;
    const auto opened = unwrap_class_key(epoch_key.key, row->key_id, row->name, row->wrapped);
    if (!opened) return;
    for (const auto& node : opened->nodes) secrets.push_back(node.key.clone());
  }));
  secrets.push_back(slots[bucket_of(p1)]->key.key.clone());
  return secrets;
}

// How many of the candidates a brute force finds among the index's entries.
std::size_t hits(const std::vector<SecretKey>& secrets, const Macs& macs, std::size_t count) {
  std::size_t hits = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string digits = candidate(i);
    for (const SecretKey& secret : secrets) hits += macs.count(number_mac(secret, digits));
  }
  return hits;
}

TEST_F(VaultErasure, NoCandidateIsFoundInOldOrNewFiles) {
  const std::string other = neighbour_of(p1);
  seal_number(p1, candidate(4'321));
  seal_number(other, "200001012385");
  seal_number(p2, "200101012384");
  close();
  const auto old_keys = folder_.path() / "old.sqlite";
  std::filesystem::copy(path_ / "keys.sqlite", old_keys);
  const std::string old_slots = read_bytes(path_ / "slots");
  // That the search finds what is there.
  EXPECT_EQ(hits(secrets_of(old_keys, old_slots, key()), macs_of(old_keys), 5'000), 1U);
  reopen();
  erase(classes(p1, {identity}));
  close();
  const std::string slots = read_bytes(path_ / "slots");
  auto left = secrets_of(path_ / "keys.sqlite", slots, key());
  for (SecretKey& secret : secrets_of(old_keys, slots, key())) left.push_back(std::move(secret));
  Macs macs = macs_of(old_keys);
  macs.merge(macs_of(path_ / "keys.sqlite"));
  EXPECT_EQ(macs.size(), 3U + 1U);  // One was made anew.
  EXPECT_EQ(hits(left, macs, candidate_count()), 0U);
  EXPECT_EQ(read_bytes(old_keys).find(candidate(4'321)), std::string::npos);
}

// A process that is stopped.

// Counts the steps, and stops the process at one of them.
struct Stop {
  int at = 0;  // Never where it is 0.
  int seen = 0;
  void operator()() {
    if (++seen == at) ::_exit(3);
  }
};

class StoppedErasure : public VaultErasure {
 protected:
  StoppedErasure() {
    for (const std::string& subject : {p1, neighbour_of(p1), neighbour_of(p1, 1), p2}) {
      for (const PersonalClass personal_class : {identity, health, social}) {
        for (int i = 0; i < 2; ++i) all_.push_back(seal(subject, personal_class));
      }
      all_.push_back(seal_number(subject, number));
    }
    close();
    std::filesystem::rename(path_, model_);
  }

  void start_over() {
    std::filesystem::remove_all(path_);
    std::filesystem::copy(model_, path_);
  }
  Erasure random_erasure(test::Chance& chance) {
    const Sealed& one = chance.pick(all_);
    Erasure erasure{"d-1", one.event.subject, {}, {}};
    if (chance.percent(50)) erasure.classes.push_back(one.section.personal_class);
    if (chance.percent(20)) erasure.classes.push_back(health);
    for (const Sealed& sealed : all_) {
      if (sealed.event.subject == one.event.subject && chance.percent(30)) {
        erasure.sections.push_back(sealed.section_name());
      }
    }
    if (erasure.classes.empty()) erasure.sections.push_back(one.section_name());
    return erasure;
  }
  // Runs the whole erasure in another process; true where it came to its end.
  bool run_until(int step, const Erasure& erasure) {
    const pid_t child = ::fork();
    if (child == 0) {
      auto vault = Vault::open(path_, key()).value();
      vault->watch_steps(Stop{step});
      const bool done = vault->begin_erasure(erasure) && vault->destroy(erasure) &&
                        vault->finish_erasure(erasure.decision);
      ::_exit(done ? 0 : 4);
    }
    int status = 0;
    EXPECT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFEXITED(status) && (WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == 3));
    return WEXITSTATUS(status) == 0;
  }
  static bool is_target(const Erasure& erasure, const Sealed& sealed) {
    if (sealed.event.subject != erasure.subject) return false;
    const auto& named = erasure.classes;
    return std::count(named.begin(), named.end(), sealed.section.personal_class) > 0 ||
           std::count(erasure.sections.begin(), erasure.sections.end(), sealed.section_name()) > 0;
  }
  // Right after the stop: what is fenced is whole or gone, and everything else is as it was.
  void expect_all_or_nothing(const Erasure& erasure) {
    const bool pending = !vault_->pending_erasures().value().empty();
    std::set<std::string> targets;
    for (const Sealed& sealed : all_) {
      const std::string seen = state(sealed);
      const bool fenced = vault_->is_fenced(sealed.event.subject, sealed.section.personal_class);
      if (is_target(erasure, sealed)) {
        targets.insert(seen);
        EXPECT_EQ(fenced, pending);
      } else {
        EXPECT_EQ(seen, fenced ? "fenced" : "open");
      }
    }
    ASSERT_EQ(targets.size(), 1U);
    if (pending) {
      EXPECT_NE(*targets.begin(), "open");
    }
  }
  void resume(const Erasure& erasure) {
    const auto known = vault_->erasures(Day::first()).value();
    if (known.empty()) {
      ASSERT_TRUE(vault_->begin_erasure(erasure));
    }
    ASSERT_TRUE(vault_->destroy(erasure));
    ASSERT_TRUE(vault_->finish_erasure(erasure.decision));
  }
  void expect_erased(const Erasure& erasure) {
    std::set<std::string> subjects;
    for (const Sealed& sealed : all_) {
      EXPECT_EQ(state(sealed), is_target(erasure, sealed) ? "not-found" : "open");
    }
    for (std::size_t i = 6; i < all_.size(); i += 7) {
      if (!is_target(erasure, all_[i])) subjects.insert(all_[i].event.subject);
    }
    EXPECT_EQ(vault_->find_number(number).value(),
              std::vector<std::string>(subjects.begin(), subjects.end()));
    EXPECT_TRUE(vault_->ensure_keys(std::vector<ClassKeyName>{{erasure.subject, health}}));
    EXPECT_EQ(epoch_key_of(erasure.subject).epoch, 2U);
    expect_sound();
  }

  const std::filesystem::path model_ = folder_.path() / "model";
  std::vector<Sealed> all_;
};

TEST_F(StoppedErasure, EndsTheSameWhereverItIsStopped) {
  test::Chance chance(20'261'124);
  start_over();
  reopen();
  Stop counter;
  vault_->watch_steps(std::ref(counter));
  erase(random_erasure(chance));
  const int steps = counter.seen;
  ASSERT_EQ(steps, 10);
  std::set<int> stops;
  for (int run = 0; run < 200; ++run) {
    close();
    start_over();
    const Erasure erasure = random_erasure(chance);
    const int stop = 1 + run % steps;
    SCOPED_TRACE("run " + std::to_string(run) + ", stopped at step " + std::to_string(stop));
    ASSERT_FALSE(run_until(stop, erasure));
    reopen();
    expect_all_or_nothing(erasure);
    if (run < steps) expect_sound();
    resume(erasure);
    if (run < 2 * steps) reopen();
    expect_erased(erasure);
    if (HasFailure()) return;
  }
}

TEST_F(StoppedErasure, NewKeysOfTheBucketSurviveTheStop) {
  for (int stop = 1; stop <= 10; ++stop) {
    SCOPED_TRACE("stopped at step " + std::to_string(stop));
    start_over();
    ASSERT_FALSE(run_until(stop, classes(p1, {health})));
    reopen();
    const Sealed between = seal(neighbour_of(p1), PersonalClass::offence);
    reopen();
    EXPECT_EQ(state(between), "open");
    resume(classes(p1, {health}));
    reopen();
    EXPECT_EQ(state(between), "open");
    expect_sound();
    close();
  }
}

TEST_F(StoppedErasure, TwoStopsAreAsGoodAsOne) {
  for (int first = 1; first <= 9; ++first) {
    start_over();
    ASSERT_FALSE(run_until(first, classes(p1, {health, identity})));
    // The second attempt has fewer steps left.
    run_until(3, classes(p1, {health, identity}));
    reopen();
    expect_all_or_nothing(classes(p1, {health, identity}));
    if (vault_->pending_erasures().value().empty()) continue;
    resume(classes(p1, {health, identity}));
    for (const Sealed& sealed : all_) {
      EXPECT_EQ(state(sealed),
                is_target(classes(p1, {health, identity}), sealed) ? "not-found" : "open");
    }
    close();
  }
}

}  // namespace
}  // namespace liggare::vault
