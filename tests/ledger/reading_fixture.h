// A town with staff and a participant whose data are read, and what the access log says of it.
#pragma once

#include "ledger/access_log.h"
#include "ledger/reading.h"
#include "tests/ledger/ledger_fixture.h"

namespace liggare::ledger {

// S1 is P1's consultant, S2 leads the unit of P1's enrolment, S3 administers. P2 is protected, and
// S1 may know.
class ReadingTest : public LedgerTest {
 protected:
  static constexpr const char* canary = "kanariefågel";

  void SetUp() override {
    std::vector<std::string> lines = {unit("U1")};
    for (const auto& [id, role] :
         {std::pair("S1", R"("role":"consultant","unit":"U1")"),
          std::pair("S2", R"("role":"lead","unit":"U1")"), std::pair("S3", R"("role":"admin")")}) {
      const std::string staff = std::string("staff/") + id;
      lines.push_back(
          event(std::string("staff-") + id, "staff.registered", staff, R"("unit":"U1")"));
      lines.push_back(event(std::string("role-") + id, "role.granted", staff, role));
    }
    lines.push_back(event("reg-P1", "participant.registered", "participant/P1",
                          R"("personal":{"identity":{"name":"Ada Testperson"},)"
                          R"("health":{"text":"allergi"}})"));
    lines.push_back(event("enrol", "enrolment.started", "participant/P1",
                          R"("enrolment":"E1","programme":"ias","unit":"U1")"));
    lines.push_back(event("assign", "consultant.assigned", "participant/P1", R"("staff":"S1")"));
    lines.push_back(note("n1", "P1", canary));
    lines.push_back(registered("P2"));
    lines.push_back(event("protect", "protection.set", "participant/P2",
                          R"("mark":"confidentiality","staff":["S1"])"));
    lines.push_back(note("n2", "P2", canary));
    std::vector<Proposal> proposals;
    for (std::string& line : lines) proposals.push_back({std::move(line), std::nullopt});
    open();
    for (const Verdict& verdict : append(proposals)) EXPECT_EQ(word(verdict), "accepted");
    close();
  }

  static Reader by(const std::string& staff, access::Purpose purpose = access::Purpose::case_work) {
    return {.who = "staff/" + staff, .purpose = purpose};
  }
  static Reader breaking_glass(const std::string& staff, const std::string& reason) {
    return {.who = "staff/" + staff,
            .purpose = access::Purpose::emergency,
            .reason = reason,
            .breaks_glass = true};
  }

  // The personal data of the event as the reader sees them, or the code of the error.
  std::string seen(const Reader& reader, const std::string& event_id) {
    const auto ledger = this->reader();
    const auto reading = Reading::open(*ledger);
    if (!reading) return name_of(reading.error().code);
    const auto entry = (*reading)->entry(reader, **ledger->position_of(event_id));
    if (!entry) return name_of(entry.error().code);
    return entry->find("data")->find("personal")->text();
  }

  std::vector<access::Record> records() const {
    std::vector<access::Record> found;
    const auto log = AccessLog::open(folders_.ledger);
    EXPECT_TRUE(log) << log.error().message;
    if (!log) return found;
    EXPECT_TRUE((*log)->scan([&](const AccessPlace&, const access::Record& record) -> Result<void> {
      found.push_back(record);
      return {};
    }));
    return found;
  }

  void pass(std::int64_t minutes) {
    clock_.set(Instant{clock_.now().microseconds + minutes * 60'000'000});
  }
};

}  // namespace liggare::ledger
