// Appending under a name of one's own, and the second person.
#include "ledger/append_authority.h"

#include <gmock/gmock.h>

#include <fstream>

#include "ledger/access_log.h"
#include "tests/ledger/ledger_fixture.h"

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
    const std::vector<Proposal> proposals{{line, std::nullopt}};
    const auto authorised = authorise_append(*ledger_, principal, proposals);
    if (authorised) return "allowed";
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

TEST_F(AppendAuthority, TellsTheUnlistedNothingOfAProtectedPerson) {
  accept(event("shut", "protection.set", "participant/P1",
               R"("mark":"confidentiality","staff":["s2"])"));
  const std::vector<Proposal> proposals{{note("n2", "P1", "x"), std::nullopt}};
  const auto authorised = authorise_append(*ledger_, "staff/s1", proposals);
  ASSERT_FALSE(authorised);
  EXPECT_EQ(authorised.error().code, ErrorCode::not_found);
  EXPECT_EQ(records().back().code, "protected");
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
