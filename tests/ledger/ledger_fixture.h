// A ledger in a temporary folder and a small language to talk to it.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "ledger/ledger.h"
#include "tests/support/fixed_clock.h"
#include "tests/support/temporary_folder.h"

namespace liggare::ledger {

// An event's JSON text; `data` is the object's inside.
inline std::string event(const std::string& id, const std::string& type, const std::string& subject,
                         const std::string& data, const std::string& effective = "2020-01-01") {
  return fmt::format(
      R"({{"specversion":"1.0","id":"{}","source":"/test","type":"{}","subject":"{}",)"
      R"("effective":"{}","actor":"staff/s1","data":{{{}}}}})",
      id, type, subject, effective, data);
}

inline std::string unit(const std::string& id) {
  return event("unit-" + id, "unit.registered", "unit/" + id, R"("name":"A","kind":"team")");
}

inline std::string registered(const std::string& participant) {
  return event("reg-" + participant, "participant.registered", "participant/" + participant, "");
}

inline std::string note(const std::string& id, const std::string& participant,
                        const std::string& text) {
  return event(id, "note.recorded", "participant/" + participant,
               R"("personal":{"health":{"text":")" + text + R"("}})");
}

class LedgerTest : public testing::Test {
 protected:
  LedgerTest() { EXPECT_TRUE(Ledger::create({folders_, "example.org/test", HeadPolicy::floor})); }

  void open() {
    auto opened = Ledger::open({folders_, Mode::write, &clock_});
    ASSERT_TRUE(opened) << opened.error().message;
    ledger_ = *std::move(opened);
  }
  void close() { ledger_.reset(); }
  std::unique_ptr<Ledger> reader() {
    auto opened = Ledger::open({folders_, Mode::read, &clock_});
    EXPECT_TRUE(opened) << opened.error().message;
    return opened ? *std::move(opened) : nullptr;
  }

  std::vector<Verdict> append(const std::vector<Proposal>& proposals) {
    auto verdicts = ledger_->append(proposals);
    EXPECT_TRUE(verdicts) << verdicts.error().message;
    return verdicts ? *std::move(verdicts) : std::vector<Verdict>();
  }
  Verdict append(const std::string& line) { return append({{line, std::nullopt}}).front(); }

  void accept(const std::string& line) { EXPECT_EQ(word(append(line)), "accepted"); }

  // The code of a refusal; "accepted" or "duplicate" otherwise.
  static std::string word(const Verdict& verdict) {
    if (!verdict) return std::string(domain::name_of(verdict.error().rejection.code));
    return verdict->duplicate ? "duplicate" : "accepted";
  }
  std::uint64_t size() const { return ledger_->head().tree_size; }

  test::TemporaryFolder folder_;
  Folders folders_ = Folders::of(folder_.path() / "ledger");
  test::FixedClock clock_{*Day::from_date(2026, 11, 22)};
  std::unique_ptr<Ledger> ledger_;
};

}  // namespace liggare::ledger
