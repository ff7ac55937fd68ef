// Appending under a name of one's own, and the second person.
#include "ledger/append_authority.h"

#include <gmock/gmock.h>

#include <fstream>

#include "ledger/access_log.h"
#include "tests/ledger/ledger_fixture.h"
#include "vault/vault.h"

namespace liggare::ledger {
namespace {

using domain::EventType;

class AppendAuthority : public LedgerTest {
 protected:
  void SetUp() override {
    open();
    accept(unit("A"));
    for (const std::string staff : {"s1", "s2", "s3"}) {
      accept(event("staff-" + staff, "staff.registered", "staff/" + staff, R"("unit":"A")"));
    }
    grant("s1", "consultant");
    grant("s2", "lead");
    grant("s3", "statistician");
    accept(registered("P1"));
    accept(note("n1", "P1", "text"));
  }

  void grant(const std::string& staff, const std::string& role) {
    accept(event("role-" + staff, "role.granted", "staff/" + staff,
                 R"("role":")" + role + R"(","unit":"A")"));
  }
  // "allowed", or the words of the denial.
  std::string judged(const std::string& principal, const std::string& line) const {
    std::vector<Proposal> proposals{{line, std::nullopt}};
    const auto authorised = authorise_append(*ledger_, principal, proposals);
    if (authorised) return proposals[0].is_hidden ? "hidden" : "allowed";
    EXPECT_EQ(authorised.error().code, ErrorCode::denied);
    return authorised.error().message;
  }
  static std::string void_of(const std::string& target) {
    return event("v-" + target, "event.voided", "participant/P1",
                 R"("target":")" + target + R"(","reason":"wrong")");
  }
  Result<void> consent(const std::string& who, const std::string& target) const {
    return approve(*ledger_, {"v-" + target,
                              EventType::event_voided,
                              {domain::StreamKind::participant, "P1"},
                              target,
                              who});
  }
  std::vector<access::Record> records() const {
    std::vector<access::Record> records;
    const auto log = AccessLog::open(folders_.ledger);
    EXPECT_TRUE(log);
    EXPECT_TRUE((*log)->scan([&](const AccessPlace&, const access::Record& record) {
      records.push_back(record);
      return Result<void>();
    }));
    return records;
  }
  void list_relays(const std::string& text) const {
    const auto file = folders_.keys / "relays";
    std::ofstream(file) << text;
    std::filesystem::permissions(file, std::filesystem::perms{0600});
  }
};

TEST_F(AppendAuthority, LetsARoleWriteWhatIsItsOwn) {
  EXPECT_EQ(judged("staff/s1", note("n2", "P1", "x")), "allowed");
  EXPECT_THAT(records(), testing::IsEmpty());
}

TEST_F(AppendAuthority, KeepsWhatItDeniedWithoutAnyContent) {
  EXPECT_EQ(judged("staff/s3", note("n2", "P1", "canary")),
            "n2: staff/s1 may not be named by staff/s3");
  const auto kept = records();
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_EQ(kept[0].action, access::Action::refused_write);
  EXPECT_EQ(kept[0].who, "staff/s3");
  EXPECT_EQ(kept[0].code, "in-another-name");
  EXPECT_EQ(kept[0].event_type, "note.recorded");
  EXPECT_EQ(kept[0].event_id, "n2");
  EXPECT_EQ(kept[0].subject, "participant/P1");
}

TEST_F(AppendAuthority, TakesTwoToVoidWhatIsSaidOfHealth) {
  EXPECT_THAT(judged("staff/s1", void_of("n1")), testing::HasSubstr("takes a second person"));
  EXPECT_TRUE(consent("staff/s1", "n1"));  // Oneself is no second person.
  EXPECT_THAT(judged("staff/s1", void_of("n1")), testing::HasSubstr("takes a second person"));
  EXPECT_TRUE(consent("staff/s2", "n1"));
  EXPECT_EQ(judged("staff/s1", void_of("n1")), "allowed");
}

TEST_F(AppendAuthority, TakesAConsentForTheEventItWasGivenForAlone) {
  accept(note("n2", "P1", "other"));
  ASSERT_TRUE(consent("staff/s2", "n2"));
  EXPECT_THAT(judged("staff/s1", void_of("n1")), testing::HasSubstr("takes a second person"));
}

TEST_F(AppendAuthority, TakesNoConsentFromARoleThatDoesNotWriteIt) {
  const auto consented = consent("staff/s3", "n1");
  ASSERT_FALSE(consented);
  EXPECT_EQ(consented.error().code, ErrorCode::denied);
  EXPECT_THAT(judged("staff/s1", void_of("n1")), testing::HasSubstr("takes a second person"));
}

TEST_F(AppendAuthority, ForgetsARoleThatWasRevoked) {
  ASSERT_TRUE(consent("staff/s2", "n1"));
  accept(event("revoked", "role.revoked", "staff/s2", R"("role":"lead","unit":"A")", "2020-01-02"));
  EXPECT_THAT(judged("staff/s1", void_of("n1")), testing::HasSubstr("takes a second person"));
}

TEST_F(AppendAuthority, TakesTwoToCorrectWhatGaveARole) {
  accept(event("staff-s4", "staff.registered", "staff/s4", R"("unit":"A")"));
  accept(event("role-s4", "role.granted", "staff/s4", R"("role":"admin")"));
  std::string line = event("c1", "event.corrected", "staff/s3",
                           R"("target":"role-s3","reason":"wrong","data":{"role":"dpo"})");
  line.replace(line.find("staff/s1"), 8, "staff/s4");
  EXPECT_THAT(judged("staff/s4", line), testing::HasSubstr("takes a second person"));
}

// P1 is protected, and s2 alone may know of her; P9 is nobody.
class ProtectedPerson : public AppendAuthority {
 protected:
  void SetUp() override {
    AppendAuthority::SetUp();
    accept(event("shut", "protection.set", "participant/P1",
                 R"("mark":"confidentiality","staff":["s2"])"));
  }

  // What the sender is told of these events, as the program tells it.
  std::string told(const std::string& principal, const std::vector<Proposal>& sent) const {
    std::vector<Proposal> proposals = sent;
    const auto authorised = authorise_append(*ledger_, principal, proposals);
    if (!authorised) return name_of(authorised.error().code) + (": " + authorised.error().message);
    const auto verdicts = ledger_->append(proposals);
    EXPECT_TRUE(verdicts);
    std::string all;
    for (const Verdict& verdict : *verdicts) {
      all += word(verdict);
      if (!verdict) all += ": " + verdict.error().id + ": " + verdict.error().rejection.detail;
      all += "\n";
    }
    return all;
  }
  static std::string of_nobody(std::string text) {
    constexpr std::string_view known = "participant/P1";
    for (std::size_t at = 0; (at = text.find(known, at)) != std::string::npos; ++at) {
      text.replace(at, known.size(), "participant/P9");
    }
    return text;
  }
  // What s1 is told of P1 is what s1 is told of P9.
  std::string told_alike(const std::vector<Proposal>& sent) const {
    std::vector<Proposal> others = sent;
    for (Proposal& proposal : others) proposal.line = of_nobody(proposal.line);
    const std::string of_protected = told("staff/s1", sent);
    EXPECT_EQ(records().back().code, "protected");
    EXPECT_EQ(records().back().subject, "participant/P1");
    EXPECT_EQ(of_nobody(of_protected), told("staff/s1", others));
    return of_protected;
  }
  std::string told_alike(const std::string& line) const { return told_alike({{line, {}}}); }
};

TEST_F(ProtectedPerson, IsLikeOneWhoIsNotThereToTheUnlisted) {
  EXPECT_EQ(told_alike(note("n2", "P1", "x")), "unknown-reference: n2: participant/P1\n");
  const auto dated = [](const char* type, const char* data, const char* day = "2020-01-01") {
    return event("n2", type, "participant/P1", data, day);
  };
  told_alike(dated("consent.withdrawn", R"("consent":"C1")"));
  told_alike(dated("enrolment.started", R"("enrolment":"E1","programme":"x","unit":"A")"));
  told_alike(dated("enrolment.started", R"("enrolment":"E1","programme":"x","unit":"nowhere")"));
  EXPECT_THAT(told_alike(dated("note.recorded", R"("personal":{"health":{}})", "2099-01-01")),
              testing::StartsWith("effective-in-future"));
  // Of what amends an event nothing is said, whether there is such an event or not.
  EXPECT_THAT(told_alike(void_of("n1")), testing::StartsWith("denied: v-n1: staff/s1 has no role"));
  EXPECT_THAT(told_alike(event("c", "event.corrected", "participant/P1",
                               R"("target":"n1","reason":"x","data":{})")),
              testing::StartsWith("denied"));
}

TEST_F(ProtectedPerson, HasNoVersionAndNoIdsForTheUnlisted) {
  const std::string line = note("n2", "P1", "x");
  EXPECT_EQ(told_alike({{line, 3}}), "version-conflict: n2: participant/P1 is at version 0\n");
  told_alike({{line, 0}});
  // An event of hers that is sent again is no duplicate to one who may not know of it.
  EXPECT_EQ(told_alike(note("n1", "P1", "text")), "id-reused: n1: n1\n");
  EXPECT_EQ(told_alike({{line, {}}, {registered("P7"), {}}}),
            "unknown-reference: n2: participant/P1\naccepted\n");
}

TEST_F(ProtectedPerson, TakesTheSecondPersonThatOneWhoIsNotThereTakes) {
  accept(event("role-s1-too", "role.granted", "staff/s1", R"("role":"lead","unit":"A")"));
  const std::string lifted = event("lift", "protection.lifted", "participant/P1", "");
  EXPECT_THAT(told_alike(lifted), testing::StartsWith("denied: lift: protection.lifted takes a"));
}

// Ids are chosen by those who send: a taken one can't be given again.
TEST_F(ProtectedPerson, KeepsItsIdTaken) {
  const std::string line = event("again", "participant.registered", "participant/P1", "");
  EXPECT_EQ(told("staff/s1", {{line, {}}}), "already-exists: again: participant/P1\n");
  EXPECT_EQ(records().back().code, "protected");
  EXPECT_EQ(told("staff/s1", {{line, 4}}),
            "version-conflict: again: participant/P1 is at version 0\n");
}

TEST_F(ProtectedPerson, IsSealedNothingByTheUnlisted) {
  const std::uint64_t before = ledger_->vault()->check()->keys_opened;
  told("staff/s1",
       {{event("n2", "note.recorded", "participant/P1", R"("personal":{"social":{"text":"x"}})"),
         {}}});
  EXPECT_EQ(ledger_->vault()->check()->keys_opened, before);
}

TEST_F(ProtectedPerson, IsWrittenOfByTheListed) {
  std::string line = note("n2", "P1", "x");
  line.replace(line.find("staff/s1"), 8, "staff/s2");
  EXPECT_EQ(told("staff/s2", {{line, {}}}), "accepted\n");
  EXPECT_THAT(records(), testing::IsEmpty());
}

TEST_F(AppendAuthority, LetsListedSystemsNameStaff) {
  EXPECT_EQ(judged("system/journal", note("n2", "P1", "x")),
            "n2: system/journal is neither staff nor a listed system");
  list_relays("# our own\n system/journal \n\n");
  EXPECT_EQ(judged("system/journal", note("n2", "P1", "x")), "allowed");
}

TEST_F(AppendAuthority, NamesALineThatListsNoSystem) {
  list_relays("system/journal\nstaff/s1\n");
  const auto listed = relays(folders_);
  ASSERT_FALSE(listed);
  EXPECT_EQ(listed.error().code, ErrorCode::invalid_argument);
  EXPECT_THAT(listed.error().message, testing::HasSubstr("line 2"));
}

}  // namespace
}  // namespace liggare::ledger
