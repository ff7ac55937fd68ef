#include "tests/projections/inquiry.h"

#include "projections/all.h"
#include "tests/support/random_history.h"

namespace liggare::projections {
namespace {

using domain::StreamKind;
using projection::OptionKind;
using projection::OptionSpec;
using projection::Presence;
using test::Chance;

constexpr int sizes_asked_at = 4;
constexpr int days_asked_about = 3;

// A day that an event is about, or one beside it, or any.
Day day_to_ask(Chance& chance, const test::MemoryLedger& ledger) {
  if (chance.percent(25)) return test::random_day(chance);
  return chance.pick(ledger.events())->event.effective.plus_days(chance.between(-1, 1));
}

std::optional<StreamKind> stream_kind(OptionKind kind) {
  switch (kind) {
    case OptionKind::participant:
      return StreamKind::participant;
    case OptionKind::unit:
      return StreamKind::unit;
    case OptionKind::ladder:
      return StreamKind::ladder;
    case OptionKind::agreement:
      return StreamKind::agreement;
    default:
      return std::nullopt;
  }
}

// Nothing where the option can't be given.
std::optional<std::string> option_text(Chance& chance, const OptionSpec& spec,
                                       const test::MemoryLedger& ledger, std::uint64_t size) {
  if (const auto kind = stream_kind(spec.kind)) {
    std::vector<std::string> known;
    for (const auto& [subject, stream] : ledger.streams()) {
      if (subject.kind == *kind && stream.front()->position < size) known.push_back(subject.id);
    }
    if (known.empty()) return std::nullopt;
    return chance.pick(known);
  }
  switch (spec.kind) {
    case OptionKind::word:
      return std::string(chance.pick(spec.words));
    case OptionKind::count:
      return std::to_string(chance.between(0, 200));
    case OptionKind::year:
      return std::to_string(day_to_ask(chance, ledger).year());
    case OptionKind::day:
      return day_to_ask(chance, ledger).text();
    default:
      return std::string();
  }
}

std::optional<Inquiry> inquiry(Chance& chance, const projection::Report& report,
                               const test::MemoryLedger& ledger, std::uint64_t size) {
  Inquiry inquiry{&report, {}};
  for (const OptionSpec& spec : report.options) {
    const bool is_required = spec.presence == Presence::required;
    if (!is_required && chance.percent(60)) continue;
    auto text = option_text(chance, spec, ledger, size);
    if (text) {
      inquiry.options.emplace(spec.name, *std::move(text));
    } else if (is_required) {
      return std::nullopt;
    }
  }
  const auto from = inquiry.options.find("from");
  const auto to = inquiry.options.find("to");
  if (from != inquiry.options.end() && to != inquiry.options.end() && to->second < from->second) {
    std::swap(from->second, to->second);
  }
  return inquiry;
}

}  // namespace

std::string Inquiry::text() const {
  std::string text(report->name);
  for (const auto& [name, value] : options) {
    text.append(" --").append(name).append(value.empty() ? "" : " ").append(value);
  }
  return text;
}

std::vector<Moment> random_moments(Chance& chance, const test::MemoryLedger& ledger) {
  std::vector<Moment> moments;
  const std::size_t whole = ledger.events().size();
  for (int i = 0; i < sizes_asked_at; ++i) {
    const std::uint64_t size = i == 0 ? whole : chance.below(whole) + 1;
    for (int j = 0; j < days_asked_about; ++j) {
      Moment moment{ledger.events()[size - 1]->event.id, day_to_ask(chance, ledger), {}};
      for (const projection::Report& report : all_reports()) {
        auto asked = inquiry(chance, report, ledger, size);
        if (asked) moment.inquiries.push_back(*std::move(asked));
      }
      moments.push_back(std::move(moment));
    }
  }
  return moments;
}

}  // namespace liggare::projections
