// Two participants with notes of every class, and staff who may erase them.
#pragma once

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "base/file.h"
#include "codec/record.h"
#include "ledger/erased_view.h"
#include "ledger/erasure.h"
#include "ledger/erasure_status.h"
#include "ledger/sealer.h"
#include "ledger/vault_care.h"
#include "tests/ledger/ledger_fixture.h"
#include "vault/vault.h"

namespace liggare::ledger {

namespace fs = std::filesystem;
using enum PersonalClass;
using Classes = std::vector<PersonalClass>;

inline int number_from_environment(const char* name, int otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::atoi(text);
}

inline std::string with_all_classes(const std::string& id, const std::string& participant) {
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
  std::string decided_of(const std::vector<std::string>& targets,
                         const std::string& participant = "P1") {
    return decided({participant, std::nullopt, targets, domain::ErasureReason::wrong_person, "KS-1",
                    "staff/A"});
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
  // Whether another process was stopped at that step of executing it; false where the erasure was
  // done before it came so far. The ledger is closed meanwhile.
  bool is_stopped(const std::string& decision, int step) {
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
  vault::BackupState backed_up(const std::string& name) {
    close();
    const auto made = back_up_vault(folders_, {folder_.path() / name, *Day::parse("2026-11-22"),
                                               *Day::parse("2027-01-31"), ""});
    EXPECT_TRUE(made) << made.error().message;
    open();
    return *made;
  }
};

}  // namespace liggare::ledger
