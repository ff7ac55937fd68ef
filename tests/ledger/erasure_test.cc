// A person is forgotten, and every proof and figure still stands (evidence, section 2).
#include "ledger/erasure.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>

#include "base/bytes.h"
#include "base/file.h"
#include "codec/parsed_json.h"
#include "codec/record.h"
#include "ledger/access_log.h"
#include "ledger/certificate.h"
#include "ledger/erased_view.h"
#include "ledger/erasure_status.h"
#include "ledger/key_folder.h"
#include "ledger/sealer.h"
#include "ledger/vault_care.h"
#include "tests/ledger/ledger_fixture.h"

namespace liggare::ledger {
namespace {

namespace fs = std::filesystem;
using enum PersonalClass;
using Classes = std::vector<PersonalClass>;

int number_from_environment(const char* name, int otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::atoi(text);
}

std::string with_all_classes(const std::string& id, const std::string& participant) {
  std::string personal = R"("identity":{"name":"canary-identity-)" + participant + R"("})";
  for (const char* each : {"ordinary", "social", "health", "offence"}) {
    personal += fmt::format(R"(,"{0}":{{"text":"canary-{0}-{1}"}})", each, participant);
  }
  return event(id, "note.recorded", "participant/" + participant,
               R"("personal":{)" + personal + "}");
}

// Staff A and B are data-protection officers, C is a consultant; P1 and P2 have a note each.
class ErasureTest : public LedgerTest {
 protected:
  ErasureTest() {
    open();
    accept(unit("U1"));
    for (const char* id : {"A", "B", "C"}) {
      accept(event(fmt::format("staff-{}", id), "staff.registered", fmt::format("staff/{}", id),
                   R"("unit":"U1")"));
      const char* role = *id == 'C' ? "consultant" : "dpo";
      accept(event(fmt::format("role-{}", id), "role.granted", fmt::format("staff/{}", id),
                   fmt::format(R"("role":"{}","unit":"U1")", role)));
    }
    for (const char* id : {"P1", "P2"}) accept(registered(id));
    accept(with_all_classes("n1", "P1"));
    accept(with_all_classes("n2", "P2"));
  }

  // The id of the decision.
  std::string decided(const Classes& classes, const std::string& participant = "P1",
                      domain::ErasureReason reason = domain::ErasureReason::art17) {
    return decided({participant, classes, std::nullopt, reason, "KS-1", "staff/A"});
  }
  std::string decided(const ErasureProposal& proposal) {
    const auto receipt = decide_erasure(*ledger_, proposal);
    EXPECT_TRUE(receipt) << receipt.error().message;
    EXPECT_TRUE(*receipt) << receipt->error().detail;
    return receipt && *receipt ? (*receipt)->id : "";
  }
  std::string decided_of(const std::vector<std::string>& targets) {
    return decided(
        {"P1", std::nullopt, targets, domain::ErasureReason::wrong_person, "KS-1", "staff/A"});
  }
  // "done", or the code of what stopped it.
  std::string execute(const std::string& decision, const std::string& actor = "staff/B") {
    const auto done = execute_erasure(*ledger_, {decision, actor});
    if (!done) return name_of(done.error().code);
    return *done ? "done" : done->error().code;
  }
  void erase(const Classes& classes, const std::string& participant = "P1") {
    EXPECT_EQ(execute(decided(classes, participant)), "done");
  }

  void adopted(const std::string& id, const std::string& rule, const char* of, int months,
               const char* action) {
    const auto verdict = ledger_->append_own({id,
                                              domain::EventType::retention_adopted,
                                              {domain::StreamKind::retention, rule},
                                              *Day::parse("2020-01-01"),
                                              "staff/A",
                                              Json::object()
                                                  .add("class", of)
                                                  .add("trigger", "last-event")
                                                  .add("months", months)
                                                  .add("action", action)
                                                  .add("decision", "KS-2")});
    EXPECT_TRUE(verdict && *verdict);
  }

  // What the vault answers for a class of an event: its text, or the code of the error.
  std::string opened(const std::string& id, PersonalClass personal_class) {
    const auto position = *ledger_->position_of(id);
    const auto record = codec::decode_record(*ledger_->leaf(*position), *position);
    for (const Section& section : record->sections) {
      if (section.personal_class != personal_class) continue;
      const auto text = ledger_->vault()->open_section(context_of(record->event.event), section);
      return text ? *text : name_of(text.error().code);
    }
    return "no section";
  }
  Json shown(const std::string& id) {
    const Json entry = *ledger_->history_entry(**ledger_->position_of(id));
    return *entry.find("data")->find("personal");
  }
  ErasureStatus status(const std::string& decision) {
    const auto all = erasure_status(*ledger_, std::nullopt);
    EXPECT_TRUE(all) << all.error().message;
    for (const ErasureStatus& each : *all) {
      if (each.erasure.id() == decision) return each;
    }
    ADD_FAILURE() << decision << " has no status";
    return {};
  }
  std::string stage(const std::string& decision) {
    return std::string(domain::word_of(status(decision).stage));
  }
  vault::BackupState backed_up(const std::string& name) {
    close();
    const auto made = back_up_vault(folders_, {folder_.path() / name, *Day::parse("2026-11-22"),
                                               *Day::parse("2027-01-31"), ""});
    EXPECT_TRUE(made) << made.error().message;
    open();
    return *made;
  }
};

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
class CrashTest : public ErasureTest {
 protected:
  // False where the erasure was done before it came to that step.
  bool crash(const std::string& decision, int step) {
    close();
    const pid_t child = ::fork();
    if (child == 0) {
      int left = step;
      const auto stop = [&left] {
        if (left-- == 0) ::_exit(9);
      };
      auto opened = Ledger::open({folders_, Mode::write, &clock_});
      if (!opened || (*opened)->vault() == nullptr) ::_exit(8);
      (*opened)->vault()->watch_steps(stop);
      const auto done = execute_erasure(**opened, {decision, "staff/B", stop});
      ::_exit(done && *done ? 0 : 7);
    }
    int ended = 0;
    ::waitpid(child, &ended, 0);
    EXPECT_TRUE(WIFEXITED(ended) && (WEXITSTATUS(ended) == 9 || WEXITSTATUS(ended) == 0))
        << WEXITSTATUS(ended);
    open();
    return WEXITSTATUS(ended) == 9;
  }
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
    const bool was_stopped = crash(decision, step);
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
  for (const std::string& key : base_keys) {
    EXPECT_THAT(files_with(folder_.path(), key), testing::IsEmpty());
  }
}

}  // namespace
}  // namespace liggare::ledger
