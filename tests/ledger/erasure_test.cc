// A person is forgotten, and every proof and figure still stands (evidence, section 2).
#include "ledger/erasure.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <set>
#include <thread>

#include "base/bytes.h"
#include "base/file.h"
#include "codec/parsed_json.h"
#include "codec/record.h"
#include "ledger/access_log.h"
#include "ledger/certificate.h"
#include "ledger/erased_view.h"
#include "ledger/erasure_status.h"
#include "ledger/key_folder.h"
#include "ledger/reading.h"
#include "ledger/sealer.h"
#include "ledger/vault_care.h"
#include "tests/ledger/erasure_fixture.h"
#include "tests/ledger/stored_keys.h"
#include "tests/vault/opened_by_hand.h"
#include "vault/use_lock.h"

namespace liggare::ledger {
namespace {

TEST_F(ErasureTest, ShowsWhatIsErasedFromWhichDay) {
  erase({health, identity});
  EXPECT_EQ(shown("n1").text(), R"({"identity":{"erased":"2026-11-22"},"ordinary":{"sealed":true},)"
                                R"("social":{"sealed":true},"health":{"erased":"2026-11-22"},)"
                                R"("offence":{"sealed":true}})");
  EXPECT_EQ(shown("n2").find("health")->text(), R"({"sealed":true})");
  EXPECT_EQ(opened("n1", health), "not-found");
  EXPECT_EQ(opened("n1", social), R"({"text":"canary-social-P1"})");
  EXPECT_EQ(opened("n2", health), R"({"text":"canary-health-P2"})");
}

TEST_F(ErasureTest, IsJudgedNowAtEveryAt) {
  const std::uint64_t before = size();
  erase({health});
  ReportRequest request{"history", {{"participant", "P1"}}, {}, before};
  EXPECT_NE(ledger_->report(request)->json().text().find(R"("health":{"erased":"2026-11-22"})"),
            std::string::npos);
  ErasedView view(ledger_->log());
  const auto stream = ledger_->stream({domain::StreamKind::participant, "P1"}, before);
  EXPECT_EQ(view.event_json(*stream->at(1)).find("data")->text(),
            ledger_->history_entry(**ledger_->position_of("n1"))->find("data")->text());
}

// As a power cut may leave them; a report's rows must not stand in the way of anyone's right.
TEST_F(ErasureTest, ThrowsAwayKeptRowsThatCannotBeLookedThrough) {
  const auto projections = folders_.ledger / "projections";
  ASSERT_TRUE(ledger_->rebuild_projections("", {}));
  for (const auto& each : std::filesystem::directory_iterator(projections)) {
    if (each.path().extension() == ".sst") std::filesystem::resize_file(each.path(), 10);
  }
  EXPECT_EQ(execute(decided({health})), "done");
  EXPECT_EQ(opened("n1", health), "not-found");
  EXPECT_FALSE(std::filesystem::exists(projections / "CURRENT"));
}

TEST_F(ErasureTest, LeavesNewDataOfTheClassReadable) {
  erase({health});
  accept(note("n3", "P1", "later"));
  EXPECT_EQ(opened("n3", health), R"({"text":"later"})");
  EXPECT_EQ(shown("n3").text(), R"({"health":{"sealed":true}})");
  EXPECT_EQ(shown("n1").find("health")->text(), R"({"erased":"2026-11-22"})");
  erase({health});
  EXPECT_EQ(opened("n3", health), "not-found");
}

TEST_F(ErasureTest, TakesTwoPersonsWithARole) {
  const std::string decision = decided({health});
  EXPECT_EQ(execute(decision, "staff/A"), "denied");
  EXPECT_EQ(execute(decision, "staff/C"), "denied");
  EXPECT_EQ(execute(decision, "system/x"), "denied");
  EXPECT_EQ(
      decide_erasure(*ledger_, {"P1", Classes{health}, {}, {}, "KS-1", "staff/C"}).error().code,
      ErrorCode::denied);
  EXPECT_EQ(opened("n1", health), R"({"text":"canary-health-P1"})");
  EXPECT_EQ(execute(decision), "done");
  std::uint64_t denials = 0;
  const auto log = AccessLog::open(folders_.ledger);
  ASSERT_TRUE(log);
  EXPECT_TRUE((*log)->scan([&](const AccessPlace&, const access::Record& record) {
    denials += record.action == access::Action::refused_write;
    return Result<void>();
  }));
  EXPECT_EQ(denials, 4U);
}

TEST_F(ErasureTest, IsRefusedWhileAHoldCoversIt) {
  const auto hold = [&](domain::EventType type, Json data) {
    const auto verdict = ledger_->append_own({std::string(domain::name_of(type)),
                                              type,
                                              {domain::StreamKind::participant, "P1"},
                                              ledger_->today(),
                                              "staff/A",
                                              std::move(data)});
    EXPECT_TRUE(verdict && *verdict);
  };
  hold(domain::EventType::hold_placed, Json::object()
                                           .add("hold", "h1")
                                           .add("classes", Json::array().push("social"))
                                           .add("reason", "dispute"));
  const std::string decision = decided({health, social});
  EXPECT_EQ(execute(decision), "held");
  EXPECT_EQ(execute(decided_of({"n1"})), "held");
  EXPECT_EQ(opened("n1", health), R"({"text":"canary-health-P1"})");
  hold(domain::EventType::hold_released, Json::object().add("hold", "h1"));
  EXPECT_EQ(execute(decision), "done");
}

TEST_F(ErasureTest, WaitsForRetentionUnlessTheLawSaysOtherwise) {
  adopted("k1", "R1", "health", 24, "keep");
  adopted("k2", "R2", "social", 1, "erase");
  using enum domain::ErasureReason;
  EXPECT_EQ(execute(decided({health}, "P1", retention)), "must-be-kept");
  EXPECT_EQ(execute(decided({social}, "P1", retention)), "done");
  adopted("k3", "R2", "social", 240, "erase");
  EXPECT_EQ(execute(decided({social}, "P2", retention)), "must-be-kept");
  EXPECT_EQ(execute(decided({offence}, "P1", retention)), "done");
  EXPECT_EQ(execute(decided({health}, "P1", unlawful)), "done");
}

TEST_F(ErasureTest, OfOneEventLeavesTheOthers) {
  const int notes = 20;
  for (int i = 0; i < notes; ++i) {
    accept(note(fmt::format("m{}", i), "P1", fmt::format("note {}", i)));
  }
  EXPECT_EQ(execute(decided_of({"m7"})), "done");
  for (int i = 0; i < notes; ++i) {
    const std::string expected = fmt::format(R"({{"text":"note {}"}})", i);
    EXPECT_EQ(opened(fmt::format("m{}", i), health), i == 7 ? "not-found" : expected);
  }
  EXPECT_EQ(shown("m7").text(), R"({"health":{"erased":"2026-11-22"}})");
  EXPECT_EQ(shown("m8").text(), R"({"health":{"sealed":true}})");
  EXPECT_EQ(decide_erasure(*ledger_, {"P1", {}, {{"reg-P1"}}, {}, "KS-1", "staff/A"}).error().code,
            ErrorCode::invalid_argument);
  EXPECT_EQ(decide_erasure(*ledger_, {"P1", {}, {{"n2"}}, {}, "KS-1", "staff/A"}).error().code,
            ErrorCode::not_found);
}

TEST_F(ErasureTest, FencesNewDataOfTheClassInItsPlaceAmongTheFaults) {
  const vault::Erasure told{"d", "participant/P1", {health}, {}};
  ASSERT_TRUE(ledger_->vault()->begin_erasure(told));
  EXPECT_EQ(word(append(note("n3", "P1", "x"))), "fenced");
  EXPECT_EQ(append(note("n3", "P1", "x")).error().rejection.detail, "health");
  EXPECT_EQ(word(append(note("n4", "P2", "x"))), "accepted");
  EXPECT_EQ(word(append(event("n5", "note.recorded", "participant/P1",
                              R"("personal":{"social":{"text":"x"}})"))),
            "accepted");
  // Contract P1: a day ahead is answered before, references after.
  EXPECT_EQ(word(append(event("n6", "note.recorded", "participant/P1",
                              R"("personal":{"health":{"text":"x"}})", "2030-01-01"))),
            "effective-in-future");
  EXPECT_EQ(word(append(event("v1", "event.voided", "participant/P1",
                              R"("target":"none","reason":"x","personal":{"health":{}})"))),
            "fenced");
  EXPECT_EQ(word(append(with_all_classes("n1", "P1"))), "duplicate");
  EXPECT_EQ(opened("n1", health), "fenced");
}

TEST_F(ErasureTest, DropsWhatWasSealedJustBeforeTheFence) {
  std::vector<Candidate> candidates;
  candidates.push_back(read_candidate(note("n3", "P1", "x")));
  ASSERT_TRUE(seal_personal(candidates, ledger_->log(), ledger_->vault()));
  ASSERT_EQ(candidates.front().sections.size(), 1U);
  ASSERT_TRUE(ledger_->vault()->begin_erasure({"d", "participant/P1", {health}, {}}));
  StreamCache streams(ledger_->log());
  Draft draft({ledger_->log(), streams, ledger_->vault(), "local/1", clock_.now(), size()});
  const auto verdicts = draft.add(std::move(candidates), Atomicity::each_alone, clock_.now());
  ASSERT_TRUE(verdicts);
  EXPECT_EQ(word(verdicts->front()), "fenced");
}

// Every report with its options, for the day and the size.
std::string answers(const Ledger& ledger, std::uint64_t at) {
  std::string all;
  for (const projection::Report& report : Ledger::reports()) {
    if (report.name == "history") continue;
    ReportRequest request{std::string(report.name), {}, Day::parse("2026-11-22"), at};
    for (const projection::OptionSpec& option : report.options) {
      if (option.presence != projection::Presence::required) continue;
      using enum projection::OptionKind;
      std::string text = option.kind == year ? "2020" : "2020-12-31";
      if (option.kind == participant) text = "P1";
      if (option.kind == word) text = option.words.front();
      if (option.kind == ladder) text = "L";
      request.options.emplace(option.name, text);
    }
    const auto answer = ledger.report(request);
    all += answer ? answer->json().text() : answer.error().message;
    all += "\n";
  }
  return all;
}

TEST_F(ErasureTest, ChangesNoReportButHistory) {
  adopted("r1", "R1", "health", 1, "erase");
  accept(event("e1", "enrolment.started", "participant/P1",
               R"("enrolment":"e1","programme":"osa","unit":"U1")"));
  accept(event("q1", "request.received", "participant/P1", R"("request":"q1","kind":"erasure")"));
  const std::uint64_t before = size();
  const std::string then = answers(*ledger_, before);
  const auto published =
      ledger_->publish({"history", {{"participant", "P1"}}, {}, before}, {"E1", "staff/A", {}});
  EXPECT_TRUE(published && *published);
  erase({identity, ordinary, social, health, offence});
  EXPECT_EQ(answers(*ledger_, before), then);
  EXPECT_NE(then.find(R"("state":"due")"), std::string::npos);
  EXPECT_TRUE(ledger_->edition("E1"));
  const auto later =
      ledger_->publish({"history", {{"participant", "P1"}}, {}, before}, {"E2", "staff/A", {}});
  EXPECT_TRUE(later && *later);
  EXPECT_TRUE(ledger_->edition("E2"));
  EXPECT_TRUE(ledger_->rebuild_projections("", {}));
  EXPECT_EQ(answers(*ledger_, before), then);
}

TEST_F(ErasureTest, IsDueByARuleAndTheDataItself) {
  adopted("r1", "R1", "health", 1, "erase");
  const auto why = ledger_->why({"retention", {}, {}, {}},
                                {Selector::Of::row, {{"participant", "P1"}, {"class", "health"}}});
  ASSERT_TRUE(why) << why.error().message;
  std::vector<std::string> ids;
  for (const Json& each : *why->rests_on.as_array()) ids.push_back(*each.find("id")->as_text());
  EXPECT_THAT(ids, testing::ElementsAre("n1", "r1"));
}

TEST_F(ErasureTest, IsCertified) {
  const std::string decision = decided({health});
  const auto done = execute_erasure(*ledger_, {decision, "staff/B"});
  ASSERT_TRUE(done && *done);
  EXPECT_EQ((*done)->destroyed.key_ids.size(), 1U);
  const std::string bytes = *read_file(certificate_path(folders_, decision));
  const auto note = merkle::SignedNote::parse(bytes);
  ASSERT_TRUE(note);
  EXPECT_TRUE(*merkle::is_signed_by(*note, KeyFolder(folders_.keys).signing_key()->verifier()));
  const auto stream = ledger_->stream({domain::StreamKind::participant, "P1"}, size());
  const auto& executed = std::get<domain::ErasureExecuted>(stream->back()->event.data);
  EXPECT_EQ(executed.certificate, to_hex(sha256({bytes}).view()));
  EXPECT_EQ(executed.vault_epoch, static_cast<std::int64_t>((*done)->destroyed.epoch));
  EXPECT_TRUE(note->text.starts_with("liggare/erasure-certificate/v1\n"));
  const std::string line = note->text.substr(note->text.find('\n') + 1);
  const auto json = codec::parse_json(line);
  ASSERT_TRUE(json);
  EXPECT_EQ(json->canonical_text() + "\n", line);
  EXPECT_EQ(json->find("pass")->text(),
            R"([{"found":"gone","place":"vault","tried":1},)"
            R"({"found":"out-of-reach","place":"ledger","tried":1},)"
            R"({"found":"gone","place":"projections","tried":)" +
                (*json->find("pass")->as_array())[2].find("tried")->text() +
                R"(},{"found":"gone","place":"seals","tried":0},)"
                R"({"found":"gone","place":"access-log","tried":0}])");
}

TEST_F(ErasureTest, ListsTheKeysThatWereEverDisclosed) {
  const auto ask = [&](const char* id, access::Action action) {
    const auto reading = Reading::open(*ledger_);
    ASSERT_TRUE(reading) << reading.error().message;
    const auto entry = (*reading)->entry(
        {.who = "staff/A", .purpose = access::Purpose::data_protection, .action = action},
        **ledger_->position_of(id));
    ASSERT_TRUE(entry) << entry.error().message;
  };
  accept(note("n3", "P1", "x"));
  ask("n1", access::Action::disclose_keys);
  ask("n3", access::Action::read);
  ask("n2", access::Action::disclose_keys);
  const std::string decision = decided({health});
  EXPECT_EQ(execute(decision), "done");
  const ErasureStatus found = status(decision);
  ASSERT_EQ(found.disclosed.size(), 1U);
  EXPECT_EQ(found.disclosed[0].position, **ledger_->position_of("n1"));
  EXPECT_EQ(found.disclosed[0].personal_class, health);
  EXPECT_EQ(found.disclosed[0].who, "staff/A");
  const auto certificate = read_file(certificate_path(folders_, decision));
  EXPECT_NE(certificate->find(R"({"found":"out-of-reach","place":"disclosed/)" +
                              found.disclosed[0].record_id + R"(","tried":1}])"),
            std::string::npos);
  EXPECT_TRUE(status(decided({social}, "P2")).disclosed.size() == 1);
}

// The ledger would refuse to record it, after the keys were destroyed.
TEST_F(ErasureTest, IsNotBegunWhereAnotherOneTookPartOfIt) {
  const std::string whole = decided({health, social});
  const std::string part = decided({health});
  ASSERT_TRUE(ledger_->vault()->begin_erasure({part, "participant/P1", {health}, {}}));
  EXPECT_EQ(execute(whole), "fenced");
  EXPECT_EQ(execute(part), "done");
  EXPECT_EQ(execute(whole), "wrong-state");
  EXPECT_EQ(opened("n1", social), R"({"text":"canary-social-P1"})");
}

TEST_F(ErasureTest, IsExecutedOnce) {
  const std::string decision = decided({health});
  EXPECT_EQ(stage(decision), "decided");
  EXPECT_EQ(execute(decision), "done");
  const std::uint64_t then = size();
  EXPECT_EQ(execute(decision), "done");
  EXPECT_EQ(size(), then);
  EXPECT_EQ(execute("n1"), "invalid-argument");
  EXPECT_EQ(execute("none"), "not-found");
  EXPECT_EQ(stage(decision), "complete");
}

TEST_F(ErasureTest, IsCompleteWhenNoBackupOpensIt) {
  const vault::BackupState backup = backed_up("old");
  const std::string decision = decided({health});
  EXPECT_EQ(execute(decision), "done");
  EXPECT_EQ(stage(decision), "executed");
  EXPECT_TRUE(status(decision).backups.at(0).opens);
  const auto certificate = read_file(certificate_path(folders_, decision));
  EXPECT_NE(certificate->find(R"({"found":"still-there","place":"backup/)" + backup.id),
            std::string::npos);
  backed_up("new");
  EXPECT_FALSE(status(decision).backups.at(1).opens);
  close();
  ASSERT_TRUE(forget_backup(folders_, backup.id));
  open();
  EXPECT_EQ(stage(decision), "complete");
}

// The decisions of which some section opens from the files, by the documented format alone; those
// of which some sections open and some do not are given with a question mark.
std::set<std::string> open_by_hand(const Ledger& ledger, const fs::path& folder,
                                   const fs::path& key_file) {
  std::set<std::string> open;
  const auto all = erasure_status(ledger, std::nullopt);
  for (const ErasureStatus& each : *all) {
    const auto sections = *sections_of(ledger, each.erasure);
    std::size_t opened = 0;
    for (const SealedSection& one : sections) {
      const auto text =
          vault::opened_by_hand(folder, key_file, context_of(one.event->event), one.section);
      if (text && text->find("canary-") != std::string::npos) ++opened;
    }
    if (opened > 0) open.insert(each.erasure.id() + (opened == sections.size() ? "" : "?"));
  }
  return open;
}

std::set<std::string> not_complete(const Ledger& ledger) {
  std::set<std::string> found;
  const auto all = erasure_status(ledger, std::nullopt);
  for (const ErasureStatus& each : *all) {
    if (each.stage != ErasureStage::complete) found.insert(each.erasure.id());
  }
  return found;
}

TEST_F(ErasureTest, IsNotCompleteExactlyWhereABackupOpensItByHand) {
  const fs::path key = folders_.keys / "vault.key";
  const fs::path copy = folder_.path() / "copy";
  const std::string before = decided({health});
  EXPECT_EQ(execute(before), "done");
  const vault::BackupState backup = backed_up("copy");
  const std::string whole = decided({social, identity});
  const std::string single = decided_of({"n2"}, "P2");
  EXPECT_EQ(not_complete(*ledger_), (std::set{whole, single}));
  EXPECT_EQ(open_by_hand(*ledger_, copy, key), (std::set{whole, single}));
  EXPECT_EQ(execute(whole), "done");
  EXPECT_EQ(execute(single), "done");
  backed_up("later");
  EXPECT_EQ(open_by_hand(*ledger_, copy, key), not_complete(*ledger_));
  EXPECT_EQ(not_complete(*ledger_), (std::set{whole, single}));
  EXPECT_TRUE(open_by_hand(*ledger_, folder_.path() / "later", key).empty());
  EXPECT_TRUE(open_by_hand(*ledger_, folders_.ledger / "vault", key).empty());
  close();
  ASSERT_TRUE(rotate_vault_key(folders_, *Day::parse("2026-11-22"), {}));
  open();
  EXPECT_TRUE(not_complete(*ledger_).empty());
  EXPECT_TRUE(open_by_hand(*ledger_, copy, key).empty());
}

TEST_F(ErasureTest, IsNotUndoneByAnOlderBackup) {
  backed_up("old");
  erase({health});
  EXPECT_EQ(execute(decided_of({"n1"})), "done");
  close();
  fs::remove_all(folders_.ledger / "vault");
  {
    const auto ledger = reader();
    const auto restored = restore_vault(*ledger, {folder_.path() / "old", {}, false});
    ASSERT_TRUE(restored) << restored.error().message;
    EXPECT_EQ(restored->key_ids.size(), 1U);
  }
  open();
  EXPECT_EQ(opened("n1", health), "not-found");
  EXPECT_EQ(opened("n1", social), "not-found");
  EXPECT_EQ(opened("n2", health), R"({"text":"canary-health-P2"})");
  const auto verified = verify_vault(*ledger_);
  ASSERT_TRUE(verified);
  EXPECT_THAT(verified->findings, testing::IsEmpty());
  EXPECT_EQ(verified->opened, 5U);
  EXPECT_EQ(verified->erased, 5U);
}

TEST_F(ErasureTest, IsNotUndoneByAnotherKey) {
  backed_up("old");
  erase({health});
  close();
  fs::copy_file(folders_.keys / "vault.key", folder_.path() / "stolen.key");
  const auto rotated = rotate_vault_key(folders_, *Day::parse("2026-11-22"), {});
  ASSERT_TRUE(rotated) << rotated.error().message;
  EXPECT_EQ(rotated->rewritten.size(), 1U);
  EXPECT_NE(rotated->old_fingerprint, rotated->new_fingerprint);
  EXPECT_FALSE(fs::exists(folders_.keys / "vault.key.next"));
  EXPECT_FALSE(fs::exists(folders_.keys / "vault.key.old"));
  open();
  EXPECT_EQ(opened("n1", social), R"({"text":"canary-social-P1"})");
  const auto all = erasure_status(*ledger_, "P1");
  EXPECT_EQ(all->at(0).stage, ErasureStage::complete);
  close();
  fs::copy_file(folder_.path() / "stolen.key", folders_.keys / "vault.key",
                fs::copy_options::overwrite_existing);
  EXPECT_EQ(wait_for_vault(folders_).error().code, ErrorCode::vault_unavailable);
}

TEST_F(ErasureTest, OfAKeyBeginsAgainWhereItWasStoppedBeforeItLockedAnything) {
  close();
  ASSERT_TRUE(vault::make_key_file(folders_.keys / "vault.key.next"));
  const auto rotated = rotate_vault_key(folders_, *Day::parse("2026-11-22"), {});
  ASSERT_TRUE(rotated) << rotated.error().message;
  EXPECT_FALSE(fs::exists(folders_.keys / "vault.key.next"));
  open();
  EXPECT_EQ(opened("n1", social), R"({"text":"canary-social-P1"})");
}

TEST_F(ErasureTest, IsVerifiedSectionBySection) {
  EXPECT_EQ(verify_vault(*ledger_)->opened, 10U);
  erase({health});
  const auto verified = verify_vault(*ledger_);
  EXPECT_EQ(verified->sections, 10U);
  EXPECT_EQ(verified->erased, 1U);
  EXPECT_THAT(verified->findings, testing::IsEmpty());
  // Keys that are gone without an erasure are missed.
  ASSERT_TRUE(ledger_->vault()->begin_erasure({"d", "participant/P2", {social}, {}}));
  EXPECT_EQ(verify_vault(*ledger_)->fenced, 1U);
  ASSERT_TRUE(ledger_->vault()->destroy({"d", "participant/P2", {social}, {}}));
  EXPECT_EQ(verify_vault(*ledger_)->findings.size(), 1U);
}

TEST_F(ErasureTest, TakesTheNumberOutOfTheIndex) {
  const auto identified = [](const std::string& id, const std::string& participant) {
    return event(id, "note.recorded", "participant/" + participant,
                 R"("personal":{"identity":{"personnummer":"199001012385"}})");
  };
  const auto found = [&] {
    const auto subjects = ledger_->vault()->find_number("199001012385");
    return subjects ? *subjects : std::vector<std::string>{subjects.error().message};
  };
  EXPECT_THAT(found(), testing::IsEmpty());
  accept(identified("i1", "P1"));
  accept(identified("i2", "P2"));
  EXPECT_THAT(found(), testing::ElementsAre("participant/P1", "participant/P2"));
  erase({identity});
  EXPECT_THAT(found(), testing::ElementsAre("participant/P2"));
}

// The child leaves at the given step without a word; the parent resumes.
TEST_F(ErasureTest, FindsTheVaultOnceAnotherProcessLetsGoOfIt) {
  close();
  auto held = vault::UseLock::share(folders_.ledger / "vault" / "slots");
  ASSERT_TRUE(held);
  const std::jthread other([&held] {
    std::this_thread::sleep_for(std::chrono::milliseconds{200});
    held->end_opening();
  });
  open();
  EXPECT_NE(ledger_->vault(), nullptr);
}

class CrashTest : public ErasureTest {
 protected:
  // Begun means ended; not begun means untouched.
  void expect_never_half(const std::string& decision, const std::string& note) {
    const bool was_begun = stage(decision) != "decided";
    const auto resumed = resume_erasures(*ledger_, "staff/B");
    ASSERT_TRUE(resumed) << resumed.error().message;
    EXPECT_TRUE(ledger_->vault()->pending_erasures()->empty());
    EXPECT_EQ(opened(note, health), was_begun ? "not-found" : R"({"text":"canary-health-P1"})");
    EXPECT_EQ(opened(note, social), R"({"text":"canary-social-P1"})");
    EXPECT_EQ(stage(decision), was_begun ? "complete" : "decided");
    EXPECT_EQ(shown(note).find("health")->text(),
              was_begun ? R"({"erased":"2026-11-22"})" : R"({"sealed":true})");
  }
};

TEST_F(CrashTest, IsEndedFromWhereverItWasLeft) {
  // Every step once, unless told how many.
  const int crashes = number_from_environment("LIGGARE_CRASHES", 0);
  int step = 0;
  bool is_whole_round = false;
  for (int i = 0; crashes == 0 ? !is_whole_round : i < crashes; ++i) {
    const std::string id = fmt::format("c{}", i);
    accept(with_all_classes(id, "P1"));
    const std::string decision = decided({health});
    const bool was_stopped = is_stopped(decision, step);
    expect_never_half(decision, id);
    if (HasFailure()) FAIL() << "crash " << i << " at step " << step;
    EXPECT_EQ(execute(decision), "done");
    is_whole_round = is_whole_round || !was_stopped;
    step = was_stopped ? step + 1 : 0;
    if (!was_stopped) RecordProperty("steps", i);
  }
}

std::vector<std::string> files_with(const fs::path& folder, std::string_view needle) {
  std::vector<std::string> found;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    const auto bytes = read_file(entry.path());
    if (!bytes || bytes->find(needle) != std::string::npos) found.push_back(entry.path().string());
  }
  return found;
}

TEST_F(ErasureTest, LeavesNoCanaryAnywhere) {
  const int persons = number_from_environment("LIGGARE_CANARIES", 8);
  std::vector<std::string> base_keys;
  for (int i = 0; i < persons; ++i) {
    const std::string id = fmt::format("Q{}", i);
    accept(registered(id));
    accept(with_all_classes("q-" + id, id));
    EXPECT_EQ(opened("q-" + id, offence), fmt::format(R"({{"text":"canary-offence-{}"}})", id));
    const auto position = *ledger_->position_of("q-" + id);
    const auto record = codec::decode_record(*ledger_->leaf(*position), *position);
    for (const Section& each : record->sections) {
      const auto key = ledger_->vault()->base_key(
          each.key_id, {"participant/" + id, each.personal_class}, each.index);
      base_keys.emplace_back(key->view());
    }
  }
  std::set<std::string> subjects;
  for (int i = 0; i < persons; ++i) subjects.insert(fmt::format("participant/Q{}", i));
  close();
  const StoredKeys keys = stored_keys(folders_, subjects);
  EXPECT_EQ(keys.roots.size(), static_cast<std::size_t>(persons) * 5);
  EXPECT_FALSE(files_with(folder_.path(), keys.wrapped_roots.front()).empty());
  EXPECT_FALSE(files_with(folder_.path(), keys.wrapped_epoch_keys.front()).empty());
  open();
  for (int i = 0; i < persons; ++i) {
    erase({identity, ordinary, social, health, offence}, fmt::format("Q{}", i));
  }
  backed_up("after");
  EXPECT_TRUE(ledger_->rebuild_projections("", {}));
  {
    std::ofstream exported(folder_.path() / "export.ndjson");
    ErasedView view(ledger_->log());
    EXPECT_TRUE(ledger_->scan(0, size(), [&](const domain::RecordedEvent& each, std::string_view) {
      exported << view.event_json(each).text() << "\n";
      return true;
    }));
  }
  const auto verified = verify_vault(*ledger_);
  EXPECT_EQ(verified->erased, static_cast<std::uint64_t>(persons) * 5);
  EXPECT_THAT(verified->findings, testing::IsEmpty());
  close();
  EXPECT_THAT(files_with(folder_.path(), "canary-"), testing::IsEmpty());
  // In the clear they never were; wrapped they are gone.
  for (const auto& some : {base_keys, keys.roots, keys.epoch_keys, keys.index_keys,
                           keys.wrapped_roots, keys.wrapped_epoch_keys}) {
    for (const std::string& key : some) {
      EXPECT_THAT(files_with(folder_.path(), key), testing::IsEmpty());
    }
  }
}

}  // namespace
}  // namespace liggare::ledger
