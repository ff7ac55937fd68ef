// The machine's clock jumps, goes back, stands still: order is that of positions, and recorded
// times never go back.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "inspect/verify.h"
#include "ledger/doctor.h"
#include "ledger/knowledge.h"
#include "projections/all.h"
#include "tests/faults/fast_folder.h"
#include "tests/support/fixed_clock.h"

namespace liggare::faults {
namespace {

constexpr std::int64_t second = 1'000'000;
constexpr std::int64_t hour = 3'600 * second;
constexpr std::int64_t year = 365 * 24 * hour;

// What a clock shows before and after something has happened to it.
struct Turn {
  const char* name;
  const char* before;
  std::int64_t microseconds;  // Added to it.
};

void PrintTo(const Turn& turn, std::ostream* out) { *out << turn.name; }

std::string line(const std::string& id, const std::string& type, const std::string& data,
                 const std::string& effective) {
  return fmt::format(
      R"({{"specversion":"1.0","id":"{}","source":"/test","type":"{}","subject":"participant/P",)"
      R"("effective":"{}","actor":"staff/A","data":{{{}}}}})",
      id, type, effective, data);
}

class ClockTurns : public testing::TestWithParam<Turn> {
 protected:
  ClockTurns() {
    EXPECT_TRUE(ledger::Ledger::create({folders_, "example.org/test", ledger::HeadPolicy::floor}));
    clock_.set(before());
    open();
    EXPECT_EQ(send(line("reg", "participant.registered", "", "1970-01-01")), "");
  }

  static Instant before() { return parse_rfc3339(GetParam().before)->instant; }
  static Instant after() { return {before().microseconds + GetParam().microseconds}; }

  void open() {
    ledger_.reset();
    auto opened = ledger::Ledger::open({folders_, ledger::Mode::write, &clock_});
    ASSERT_TRUE(opened) << opened.error().message;
    ledger_ = *std::move(opened);
  }

  // The code of a refusal. What is taken is recorded now, or with the event before it.
  std::string send(const std::string& text) {
    const auto verdicts = ledger_->append({{text, std::nullopt}});
    EXPECT_TRUE(verdicts) << verdicts.error().message;
    if (!verdicts) return "error";
    const ledger::Verdict& verdict = verdicts->front();
    if (!verdict) return std::string(domain::name_of(verdict.error().rejection.code));
    EXPECT_EQ(verdict->position, recorded_.size());
    EXPECT_EQ(verdict->stream_version, recorded_.size() + 1);
    const Instant earliest = recorded_.empty() ? Instant{INT64_MIN} : recorded_.back();
    EXPECT_EQ(verdict->recorded.text(), std::max(earliest, clock_.now()).text());
    recorded_.push_back(verdict->recorded);
    return "";
  }

  void send_notes() {
    for (int i = 0; i < 3; ++i) {
      const std::string id = fmt::format("n{}", recorded_.size());
      EXPECT_EQ(
          send(line(id, "note.recorded", R"("personal":{"health":{"text":"x"}})", "1970-01-01")),
          "");
    }
  }

  // What an event may be effective from is judged by the day it is recorded with.
  void send_with_days_of_effect() {
    const Day today = std::max(recorded_.back(), clock_.now()).ledger_day();
    const auto note_of = [&](Day day) {
      return line(fmt::format("d{}-{}", recorded_.size(), day.text()), "note.recorded",
                  R"("personal":{"health":{"text":"x"}})", day.text());
    };
    EXPECT_EQ(send(note_of(Day::from_number(today.number() + 1))), "effective-in-future");
    EXPECT_EQ(send(note_of(today)), "");
  }

  bool doctor_says_clock_behind() {
    ledger::DoctorOptions options;
    options.clock = &clock_;
    const auto seen = ledger::diagnose(folders_, options);
    EXPECT_TRUE(seen);
    return seen && std::any_of(seen->symptoms.begin(), seen->symptoms.end(),
                               [](const auto& each) { return each.code == "clock-behind"; });
  }

  void expect_order_by_position() const {
    EXPECT_TRUE(std::is_sorted(recorded_.begin(), recorded_.end()));
    const auto stream = ledger_->stream({domain::StreamKind::participant, "P"}, recorded_.size());
    ASSERT_TRUE(stream);
    ASSERT_EQ(stream->size(), recorded_.size());
    for (std::size_t i = 0; i < recorded_.size(); ++i) {
      EXPECT_EQ((*stream)[i]->position, i);
      EXPECT_EQ((*stream)[i]->recorded, recorded_[i]);
      // Whoever asks by a time gets all that was recorded then, however many share it.
      const auto known = ledger::size_at(ledger_->log(), recorded_[i]);
      ASSERT_TRUE(known);
      const auto next = std::upper_bound(recorded_.begin(), recorded_.end(), recorded_[i]);
      EXPECT_EQ(*known, static_cast<std::uint64_t>(next - recorded_.begin()));
    }
  }

  void expect_intact() {
    ledger_.reset();
    inspect::VerifyOptions options;
    options.ledger = folders_.ledger;
    options.is_full = true;
    options.projections = projections::all_projections();
    const auto report = inspect::verify(options);
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->head.tree_size, recorded_.size());
    for (const auto& finding : report->findings) {
      ADD_FAILURE() << finding.code << " " << finding.place;
    }
  }

  FastFolder folder_;
  const ledger::Folders folders_ = ledger::Folders::of(folder_.path() / "town");
  test::FixedClock clock_{*Day::from_date(2026, 1, 1)};
  std::unique_ptr<ledger::Ledger> ledger_;
  std::vector<Instant> recorded_;
};

TEST_P(ClockTurns, LeaveOrderToPositions) {
  send_notes();
  clock_.set(after());
  send_notes();
  open();  // What was recorded last is known again.
  send_notes();
  EXPECT_EQ(doctor_says_clock_behind(), clock_.now() < recorded_.back());
  send_with_days_of_effect();
  clock_.set(before());  // Somebody sets it right.
  send_notes();
  EXPECT_EQ(doctor_says_clock_behind(), clock_.now() < recorded_.back());
  clock_.set(std::max(before(), after()));  // Time has caught up.
  clock_.set({clock_.now().microseconds + 1});
  EXPECT_FALSE(doctor_says_clock_behind());
  send_notes();
  EXPECT_EQ(recorded_.back(), clock_.now());
  expect_order_by_position();
  expect_intact();
}

INSTANTIATE_TEST_SUITE_P(
    Clocks, ClockTurns,
    testing::Values(
        Turn{"aYearBack", "2026-11-29T10:00:00Z", -year},
        Turn{"aYearAhead", "2026-11-29T10:00:00Z", year},
        Turn{"aDayBack", "2026-03-01T00:30:00Z", -24 * hour},
        Turn{"aDayAhead", "2028-02-28T23:59:59Z", 24 * hour},
        Turn{"aMicrosecondBack", "2026-11-29T10:00:00.000001Z", -1},
        Turn{"stopped", "2026-11-29T10:00:00Z", 0},
        Turn{"toTheEpoch", "2026-11-29T10:00:00Z", -1'795'946'400 * second},
        // Swedish summer time begins and ends; a clock that was kept in local time jumps with it.
        Turn{"summerTimeBegins", "2026-03-29T01:00:00Z", hour},
        Turn{"summerTimeBeginsTwice", "2026-03-29T01:00:00Z", 2 * hour},
        Turn{"summerTimeEnds", "2026-10-25T01:00:00Z", -hour},
        Turn{"summerTimeEndsTwice", "2026-10-25T01:00:00Z", -2 * hour},
        // POSIX time has no second 60: it shows 59 again, stands, or is slowed down.
        Turn{"leapSecondRepeats", "2016-12-31T23:59:59.900000Z", -second},
        Turn{"leapSecondStands", "2016-12-31T23:59:59.999999Z", 0},
        Turn{"leapSecondIsTaken", "2016-12-31T23:59:60Z", 0},
        Turn{"leapSecondIsStepped", "2017-01-01T00:00:00.200000Z", -second},
        // Days of the ledger begin at 22 UTC, years with them.
        Turn{"backOverMidnight", "2026-06-30T22:00:00Z", -1},
        Turn{"aheadOverMidnight", "2026-06-30T21:59:59.999999Z", 1},
        Turn{"backOverNewYear", "2026-12-31T22:00:00Z", -second},
        Turn{"aheadOverNewYear", "2026-12-31T21:59:59Z", second},
        Turn{"theYear2038", "2038-01-19T03:14:07Z", second}),
    [](const auto& turn) { return turn.param.name; });

}  // namespace
}  // namespace liggare::faults
