// An older state of the vault's files, put back by hand, has keys again that were destroyed.
#include <gtest/gtest.h>

#include "ledger/certificate.h"
#include "ledger/erasure_arrears.h"
#include "ledger/key_folder.h"
#include "ledger/reading.h"
#include "merkle/signed_note.h"
#include "tests/ledger/erasure_fixture.h"
#include "vault/vault.h"

namespace liggare::ledger {
namespace {

using Arrears = std::vector<std::string>;

class PutBackTest : public ErasureTest {
 protected:
  void keep() {
    close();
    fs::copy(vault_, kept_);
    open();
  }
  // Leaves ledger and vault closed.
  void put_back() {
    close();
    fs::remove_all(vault_);
    fs::copy(kept_, vault_);
  }
  // What a command that opens the vault by itself is told.
  Arrears arrears() {
    const auto status = vault_status(folders_, today_);
    EXPECT_TRUE(status) << status.error().message;
    return status->arrears.value_or(Arrears{"not compared"});
  }
  std::unique_ptr<vault::Vault> vault_alone() { return *wait_for_vault(folders_); }
  // As read by A, who protects data.
  std::string read(const std::string& id) {
    const auto ledger = reader();
    const auto reading = Reading::open(*ledger);
    EXPECT_TRUE(reading) << reading.error().message;
    const auto entry = (*reading)->entry(
        {.who = "staff/A", .purpose = access::Purpose::data_protection}, **ledger->position_of(id));
    EXPECT_TRUE(entry) << entry.error().message;
    return entry->find("data")->find("personal")->text();
  }
  std::vector<ExecutedErasure> resume() {
    auto ended = resume_erasures(*ledger_, "staff/B");
    EXPECT_TRUE(ended) << ended.error().message;
    std::vector<ExecutedErasure> all;
    for (auto& each : *ended) {
      EXPECT_TRUE(each) << each.error().detail;
      all.push_back(*std::move(each));
    }
    return all;
  }

  const fs::path vault_ = folders_.ledger / "vault";
  const fs::path kept_ = folder_.path() / "kept";
  const Day today_ = *Day::parse("2026-11-22");
};

TEST_F(PutBackTest, IsToldByWhateverOpensTheVault) {
  keep();
  const std::string decision = decided({health});
  EXPECT_EQ(execute(decision), "done");
  const auto untold = [&] {
    put_back();
    EXPECT_TRUE(vault_alone()->pending_erasures()->empty());
  };
  const auto is_told = [&] { return vault_alone()->is_fenced("participant/P1", health); };
  untold();
  EXPECT_EQ(arrears(), Arrears{decision});
  EXPECT_TRUE(is_told());
  untold();
  EXPECT_EQ(erasure_status(*reader(), "P1")->at(0).stage, ErasureStage::undone);
  EXPECT_TRUE(is_told());
  untold();
  const auto copy = back_up_vault(folders_, {folder_.path() / "copy", today_, today_, ""});
  ASSERT_FALSE(copy);
  EXPECT_EQ(copy.error().code, ErrorCode::fenced);
  EXPECT_NE(copy.error().message.find(decision), std::string::npos);
  EXPECT_FALSE(fs::exists(folder_.path() / "copy"));
  EXPECT_TRUE(is_told());
  untold();
  EXPECT_EQ(rotate_vault_key(folders_, today_, {}).error().code, ErrorCode::fenced);
  EXPECT_FALSE(fs::exists(folders_.keys / "vault.key.next"));
  EXPECT_TRUE(is_told());
  untold();
  const auto verified = verify_vault(*reader());
  EXPECT_THAT(verified->findings,
              testing::ElementsAre("event n1, health was erased and its key is back"));
  EXPECT_TRUE(is_told());
  untold();
  open();
  EXPECT_EQ(opened("n1", health), "fenced");
  EXPECT_EQ(stage(decision), "undone");
}

TEST_F(PutBackTest, ShowsNothingThatWasErased) {
  keep();
  erase({health});
  EXPECT_EQ(execute(decided_of({"n2"}, "P2")), "done");
  put_back();
  const std::string seen = read("n1");
  EXPECT_NE(seen.find(R"("health":{"erased":"2026-11-22"})"), std::string::npos) << seen;
  EXPECT_NE(seen.find("canary-social-P1"), std::string::npos) << seen;
  EXPECT_EQ(seen.find("canary-health"), std::string::npos);
  EXPECT_EQ(read("n2").find("canary"), std::string::npos);
  EXPECT_EQ(vault_alone()->pending_erasures()->size(), 2U);
}

TEST_F(PutBackTest, SealsNothingUnderAKeyThatCameBack) {
  keep();
  erase({health});
  accept(note("n3", "P1", "of a new generation"));
  put_back();
  open();
  EXPECT_EQ(word(append(note("n4", "P1", "x"))), "fenced");
  EXPECT_EQ(word(append(note("n5", "P2", "x"))), "accepted");
  resume();
  accept(note("n4", "P1", "x"));
  EXPECT_EQ(opened("n4", health), R"({"text":"x"})");
  EXPECT_EQ(opened("n1", health), "not-found");
  const auto key_of = [&](const std::string& id) {
    const auto position = *ledger_->position_of(id);
    const auto record = codec::decode_record(*ledger_->leaf(*position), *position);
    for (const Section& each : record->sections) {
      if (each.personal_class == health) return each.key_id;
    }
    return std::string();
  };
  EXPECT_NE(key_of("n4"), key_of("n1"));
  EXPECT_NE(key_of("n4"), key_of("n3"));
}

TEST_F(PutBackTest, IsDestroyedAgainAndCertified) {
  keep();
  const std::string decision = decided({health});
  const std::string single = decided_of({"n2"}, "P2");
  EXPECT_EQ(execute(decision), "done");
  EXPECT_EQ(execute(single), "done");
  const std::string first = *read_file(certificate_path(folders_, decision));
  const std::uint64_t then = size();
  for (int time = 1; time <= 2; ++time) {
    put_back();
    EXPECT_EQ(arrears().size(), 2U);
    open();
    EXPECT_EQ(execute_erasure(*ledger_, {decision, "staff/A"}).error().code, ErrorCode::denied);
    const auto ended = resume();
    ASSERT_EQ(ended.size(), 2U);
    EXPECT_TRUE(ended[0].again && ended[1].again);
    EXPECT_EQ(size(), then);
    EXPECT_EQ(*read_file(certificate_path(folders_, decision)), first);
    const auto bytes = read_file(certificate_path(folders_, decision, time));
    ASSERT_TRUE(bytes) << bytes.error().message;
    const auto note = merkle::SignedNote::parse(*bytes);
    ASSERT_TRUE(note);
    EXPECT_TRUE(*merkle::is_signed_by(*note, KeyFolder(folders_.keys).signing_key()->verifier()));
    EXPECT_NE(note->text.find(R"("destroyedAgainBy":"staff/B","destroyedAgainOn":"2026-11-22")"),
              std::string::npos);
    EXPECT_NE(note->text.find(R"("firstCertificate":")" + to_hex(sha256({first}).view())),
              std::string::npos);
    EXPECT_EQ(opened("n1", health), "not-found");
    EXPECT_EQ(opened("n2", social), "not-found");
    EXPECT_EQ(opened("n1", social), R"({"text":"canary-social-P1"})");
    EXPECT_EQ(stage(decision), "complete");
    EXPECT_EQ(stage(single), "complete");
    EXPECT_THAT(verify_vault(*ledger_)->findings, testing::IsEmpty());
    EXPECT_TRUE(resume().empty());
    close();
    EXPECT_EQ(arrears(), Arrears{});
  }
}

TEST_F(PutBackTest, DestroysKeysThatAreYoungerThanTheCopy) {
  accept(registered("P3"));
  keep();
  accept(with_all_classes("n3", "P3"));
  erase({health, identity}, "P3");
  put_back();
  open();
  EXPECT_EQ(resume().size(), 1U);
  EXPECT_THAT(verify_vault(*ledger_)->findings,
              testing::Each(testing::Not(testing::HasSubstr("health"))));
}

// Of two erasures after the copy, a backup that lay between them opens the later one.
TEST_F(PutBackTest, RemembersBackupsYoungerThanTheCopy) {
  keep();
  const std::string sooner = decided({health}, "P2");
  EXPECT_EQ(execute(sooner), "done");
  const vault::BackupState between = backed_up("between");
  const std::string later = decided({social});
  EXPECT_EQ(execute(later), "done");
  put_back();
  open();
  EXPECT_TRUE(status(later).backups.empty());
  EXPECT_EQ(resume().size(), 2U);
  EXPECT_EQ(stage(sooner), "complete");
  EXPECT_EQ(stage(later), "executed");
  ASSERT_EQ(status(later).backups.size(), 1U);
  EXPECT_EQ(status(later).backups[0].backup.id, between.id);
  EXPECT_EQ(status(later).backups[0].backup.label, later);
  EXPECT_NE(read_file(certificate_path(folders_, later, 1))->find("still-there"),
            std::string::npos);
  close();
  ASSERT_TRUE(forget_backup(folders_, between.id));
  open();
  EXPECT_EQ(stage(later), "complete");
}

TEST_F(PutBackTest, TakesOverWhatHadBegunInTheCopy) {
  const std::string decision = decided({health});
  ASSERT_TRUE(ledger_->vault()->begin_erasure({decision, "participant/P1", {health}, {}}));
  keep();
  EXPECT_EQ(stage(decision), "fenced");
  EXPECT_EQ(execute(decision), "done");
  put_back();
  EXPECT_EQ(arrears(), Arrears{decision});
  open();
  EXPECT_TRUE(resume().at(0).again);
  EXPECT_EQ(stage(decision), "complete");
}

// The mark says from which event on the ledger has to be read; a mark of another history says
// nothing.
TEST_F(PutBackTest, ReadsTheLedgerFromTheVaultsMark) {
  keep();
  const std::string decision = decided({health});
  EXPECT_EQ(execute(decision), "done");
  std::vector<Proposal> many;
  for (int i = 0; i < 1100; ++i) many.push_back({registered(fmt::format("M{}", i)), {}});
  append(many);
  const std::uint64_t end = size();
  const Hash leaf = *ledger_->log().node({0, end - 1});
  EXPECT_EQ(*ledger_->vault()->ledger_mark(), std::nullopt);
  close();
  EXPECT_EQ(*vault_alone()->ledger_mark(), (vault::LedgerMark{end, leaf}));
  const auto marked = [&](const vault::LedgerMark& mark) {
    put_back();
    EXPECT_TRUE(vault_alone()->set_ledger_mark(mark));
    return arrears();
  };
  EXPECT_EQ(marked({end, leaf}), Arrears{});
  EXPECT_EQ(marked({end, sha256({"another"})}), Arrears{decision});
  EXPECT_EQ(marked({end + 1, leaf}), Arrears{decision});
  put_back();
  EXPECT_EQ(arrears(), Arrears{decision});
  EXPECT_EQ(vault_alone()->ledger_mark()->value_or(vault::LedgerMark{}).size, end);
  EXPECT_EQ(arrears(), Arrears{decision});
}

TEST_F(PutBackTest, EndsWhereverItIsStopped) {
  keep();
  const std::string decision = decided({health});
  EXPECT_EQ(execute(decision), "done");
  bool was_stopped = true;
  int step = 0;
  for (; was_stopped && step < 50; ++step) {
    put_back();
    was_stopped = is_stopped(decision, step);
    resume();
    EXPECT_EQ(opened("n1", health), "not-found");
    EXPECT_EQ(opened("n1", social), R"({"text":"canary-social-P1"})");
    EXPECT_EQ(stage(decision), "complete") << step;
    EXPECT_TRUE(fs::exists(certificate_path(folders_, decision, step + 1))) << step;
  }
  EXPECT_GE(step, 8);
  EXPECT_FALSE(was_stopped);
}

}  // namespace
}  // namespace liggare::ledger
