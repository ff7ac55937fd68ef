// One participant: her events, and her state at any day and any size, beside RocksDB's index and
// records of the same stream. Warm: everybody has been read before.
#include <algorithm>

#include "store/event_log.h"
#include "tests/bench/setting.h"

namespace liggare::bench {
namespace {

constexpr std::uint64_t wanted_events = 50;
constexpr std::size_t participants_max = 200;
constexpr std::size_t reads_a_participant = 10;

// The participants whose streams are nearest to fifty events.
std::vector<domain::Subject> chosen(const ledger::Ledger& ledger) {
  constexpr std::string_view prefix = "participant/";
  std::vector<std::pair<std::uint64_t, std::string>> found;
  LIGGARE_ASSERT(
      ledger.log().subjects([&](std::string_view subject, std::uint64_t count) -> Result<void> {
        if (!subject.starts_with(prefix)) return {};
        const auto away = count > wanted_events ? count - wanted_events : wanted_events - count;
        found.emplace_back(away, subject.substr(prefix.size()));
        return {};
      }),
      "subjects");
  std::ranges::sort(found);
  if (found.size() > participants_max) found.resize(participants_max);
  std::vector<domain::Subject> subjects;
  for (const auto& [away, id] : found) {
    subjects.push_back({domain::StreamKind::participant, id});
  }
  return subjects;
}

template <class Read>
std::vector<double> times_of(const std::vector<domain::Subject>& subjects, const Read& read) {
  for (const domain::Subject& subject : subjects) read(subject, 0);
  std::vector<double> microseconds;
  for (std::size_t i = 0; i < reads_a_participant * subjects.size(); ++i) {
    const domain::Subject& subject = subjects[i % subjects.size()];
    microseconds.push_back(1e6 * seconds_of([&] { read(subject, i); }));
  }
  return microseconds;
}

}  // namespace

void read_rows(const Setting& setting) {
  Figure middle{
      .name = "a participant's 50 events, p50", .unit = "µs", .targets = {ratio_at_most(2)}};
  Figure slow{
      .name = "a participant's 50 events, p99", .unit = "µs", .targets = {ratio_at_most(2)}};
  Figure state{
      .name = "her state at any day and size, p50", .unit = "µs", .targets = {ratio_at_most(4)}};
  const auto ledger = open_ledger(setting.town(), ledger::Mode::read);
  const std::uint64_t size = ledger->head().tree_size;
  const auto subjects = chosen(*ledger);
  const RawStore store(setting.raw_town());
  const Day first = *Day::parse("2018-01-01");
  for (int round = 0; round < setting.rounds; ++round) {
    const auto raw = times_of(subjects, [&](const domain::Subject& subject, std::size_t) {
      LIGGARE_ASSERT(!store.stream(subject.text()).empty(), "raw stream");
    });
    const auto ours = times_of(subjects, [&](const domain::Subject& subject, std::size_t) {
      LIGGARE_ASSERT(ledger->stream(subject, size), "stream");
    });
    const auto states = times_of(subjects, [&](const domain::Subject& subject, std::size_t i) {
      // The later half of the ledger knows most of them, and the others are told to be unknown.
      const std::uint64_t at = size - i * 7'919 % (size / 2);
      const auto day = first.plus_days(static_cast<std::int32_t>(i * 31 % 2'000));
      const auto answer = ledger->report({"state", {{"participant", subject.id}}, day, at});
      LIGGARE_ASSERT(answer || answer.error().code == ErrorCode::not_found, "state");
    });
    middle.raw.push_back(percentile(raw, 0.5));
    middle.ours.push_back(percentile(ours, 0.5));
    slow.raw.push_back(percentile(raw, 0.99));
    slow.ours.push_back(percentile(ours, 0.99));
    state.raw.push_back(percentile(raw, 0.5));
    state.ours.push_back(percentile(states, 0.5));
  }
  for (const Figure* figure : {&middle, &slow, &state}) setting.tell(*figure);
}

}  // namespace liggare::bench
