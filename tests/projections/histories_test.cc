// Random histories of every event type: kept rows = rows rebuilt = rows folded from scratch, for
// every report and after every event (history_check.h). A difference is told with its seed and the
// fewest events that show it.
//
//   LIGGARE_SEED=7 LIGGARE_HISTORIES=1 build/dev/tests/projections/histories_test
//
// LIGGARE_SEED is the first seed, LIGGARE_HISTORIES how many follow; 1 and 2,000 unless told
// otherwise. How much is covered is asserted for runs of at least 2,000.
#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>

#include "codec/event_json.h"
#include "codec/event_line.h"
#include "projections/all.h"
#include "tests/projections/history_check.h"
#include "tests/support/random_history.h"

namespace liggare::projections {
namespace {

using domain::EventType;
using domain::RecordedEventPtr;
using domain::RejectionCode;

constexpr std::uint64_t usual_histories = 2'000;

std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

// A broken invariant ends the process: then the seed must still be told.
char told_at_abort[64];
void tell_seed(int) {
  std::size_t length = 0;
  while (told_at_abort[length] != '\0') ++length;
  if (::write(STDERR_FILENO, told_at_abort, length) < 0) ::_exit(1);
}

class Coverage {
 public:
  void take(const test::RandomHistory& history) {
    for (const RecordedEventPtr& event : history.ledger.events()) take(*event);
    for (const RejectionCode code : history.refusals) ++refusals_[code];
    refused_ += history.refusals.size();
    for (const auto& [subject, stream] : history.ledger.streams()) {
      longest_ = std::max(longest_, stream.size());
    }
  }

  void print() const {
    std::size_t accepted = 0;
    for (const std::size_t count : accepted_) accepted += count;
    fmt::print(
        "{} events, {} refused; {} late by a week or more; {} corrections, {} of them to "
        "another day; {} voids; the longest stream has {} events\n",
        accepted, refused_, back_dated_, count_of(EventType::event_corrected), moved_,
        count_of(EventType::event_voided), longest_);
    for (const EventType type : test::client_types()) {
      fmt::print("  {:24}{:>8}\n", domain::name_of(type), count_of(type));
    }
    for (const auto& [code, count] : refusals_) {
      fmt::print("  refused {:24}{:>8}\n", domain::name_of(code), count);
    }
    for (const auto& [report, count] : answered) fmt::print("  {:24}{:>8}\n", report, count);
  }

  void expect_everything() const {
    for (const EventType type : test::client_types()) {
      EXPECT_GE(count_of(type), 100U) << domain::name_of(type);
    }
    using enum RejectionCode;
    // All that domain::decide can answer: formats, ids and sizes are judged elsewhere.
    for (const RejectionCode code :
         {invalid_field, version_conflict, effective_in_future, unknown_reference, already_voided,
          cannot_void, cycle, already_exists, before_registration, duplicate_id, invalid_span,
          already_decided, already_ended, wrong_state, not_plan_owner, criteria_not_green}) {
      EXPECT_TRUE(refusals_.contains(code)) << domain::name_of(code);
    }
    for (const projection::Report& report : all_reports()) {
      if (report.name == "retention") continue;  // Its rules come from own commands alone.
      EXPECT_TRUE(answered.contains(report.name)) << report.name;
    }
    EXPECT_GE(moved_, 1'000U);
    EXPECT_GE(count_of(EventType::event_voided), 1'000U);
    EXPECT_GE(back_dated_, 10'000U);
  }

  AnswersWithRows answered;

 private:
  std::size_t count_of(EventType type) const { return accepted_[static_cast<std::size_t>(type)]; }

  void take(const domain::RecordedEvent& event) {
    constexpr std::int32_t week = 7;
    ++accepted_[static_cast<std::size_t>(event.event.type())];
    const auto* correction = std::get_if<domain::EventCorrected>(&event.event.data);
    if (correction != nullptr && correction->effective) ++moved_;
    if (event.recorded.ledger_day().days_since(event.event.effective) >= week) ++back_dated_;
  }

  std::array<std::size_t, domain::event_type_count> accepted_{};
  std::map<RejectionCode, std::size_t> refusals_;
  std::size_t refused_ = 0;
  std::size_t moved_ = 0;
  std::size_t back_dated_ = 0;
  std::size_t longest_ = 0;
};

std::string lines_of(const test::MemoryLedger& ledger) {
  std::string lines;
  for (const RecordedEventPtr& event : ledger.events()) {
    lines.append(codec::event_json(*event, codec::sealed_view).text()).append("\n");
  }
  return lines;
}

// What differs in the history of `seed`, empty when nothing does.
std::string told_difference(std::uint64_t seed, Coverage& coverage) {
  const test::RandomHistory history = test::random_history(seed);
  coverage.take(history);
  test::Chance chance(~seed);
  const auto difference =
      check(history.ledger, random_moments(chance, history.ledger), coverage.answered);
  if (!difference) return "";
  const test::MemoryLedger fewest = shrunk(history.ledger, *difference);
  AnswersWithRows ignored;
  return fmt::format("LIGGARE_SEED={}\n{}\nof these {} events:\n{}", seed,
                     check(fewest, difference->moments, ignored)->what, fewest.events().size(),
                     lines_of(fewest));
}

TEST(Histories, AnswerTheSameKeptRebuiltAndFolded) {
  const std::uint64_t first = from_environment("LIGGARE_SEED", 1);
  const std::uint64_t count = from_environment("LIGGARE_HISTORIES", usual_histories);
  fmt::print("LIGGARE_SEED={} LIGGARE_HISTORIES={}\n", first, count);
  std::fflush(stdout);
  const auto previous = ::signal(SIGABRT, tell_seed);
  Coverage coverage;
  std::size_t differences = 0;
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    *fmt::format_to_n(told_at_abort, sizeof told_at_abort - 1, "LIGGARE_SEED={}\n", seed).out =
        '\0';
    const std::string told = told_difference(seed, coverage);
    if (told.empty()) continue;
    ADD_FAILURE() << told;
    // A few tell enough.
    if (++differences == 3) break;
  }
  ::signal(SIGABRT, previous);
  coverage.print();
  if (differences == 0 && count >= usual_histories) coverage.expect_everything();
}

// Personal data as a client would send them.
Json some_personal_data(PersonalClass) { return Json::object().add("note", "a"); }

TEST(RandomHistory, HoldsWhatAClientMaySend) {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    const test::RandomHistory history = test::random_history(seed);
    for (const RecordedEventPtr& event : history.ledger.events()) {
      const std::string line = codec::client_json(event->event, some_personal_data).text();
      auto read = codec::parse_event(line);
      ASSERT_TRUE(read) << read.error().detail << "\n" << line;
      if (auto* correction = std::get_if<domain::EventCorrected>(&read->event.data)) {
        const domain::AnyPayload& sent =
            *std::get<domain::EventCorrected>(event->event.data).data.payload;
        const auto data =
            codec::parse_correction(read->correction_data, domain::type_of(sent.value));
        ASSERT_TRUE(data) << data.error().detail << "\n" << line;
        correction->data.payload = std::make_shared<const domain::AnyPayload>(*data);
      }
      ASSERT_EQ(read->event, event->event) << line;
    }
  }
}

TEST(RandomHistory, IsTheSameForTheSameSeed) {
  const auto text = [](std::uint64_t seed) { return lines_of(test::random_history(seed).ledger); };
  EXPECT_EQ(text(1), text(1));
  EXPECT_NE(text(1), text(2));
}

}  // namespace
}  // namespace liggare::projections
