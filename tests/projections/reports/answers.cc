#include "tests/projections/reports/answers.h"

#include <gtest/gtest.h>

#include <sstream>

#include "projection/folded_rows.h"
#include "projections/all.h"

namespace liggare::test {
namespace {

constexpr std::string_view subjects_in_town[] = {"unit/U1",  "unit/U2",   "staff/S1",
                                                 "staff/S2", "place/PL1", "agreement/A1",
                                                 "ladder/L", "notice/N1", "basis/B1"};

const projection::Report& report_named(std::string_view name) {
  for (const projection::Report& report : projections::all_reports()) {
    if (report.name == name) return report;
  }
  LIGGARE_ASSERT(false, "a report of the contract");
  std::abort();
}

}  // namespace

std::string json(std::string_view text) {
  std::string out;
  int depth = 0;
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;  // No test needs a quotation mark inside a string.
    if (!quoted && (c == ' ' || c == '\n')) continue;
    if (!quoted && (c == '[' || c == '{')) ++depth;
    if (!quoted && (c == ']' || c == '}')) --depth;
    out.push_back(c);
    if (!quoted && c == ',' && depth == 1) out.push_back('\n');
  }
  return out;
}

Asked::Asked(const Told& told, std::string_view report, const Given& options)
    : told_(&told),
      report_(report),
      options_(options),
      as_of_(day("2025-12-31")),
      at_(told.size()) {}

Asked Asked::as_of(std::string_view last_day) const {
  Asked copy = *this;
  copy.as_of_ = day(last_day);
  return copy;
}

Asked Asked::at(std::uint64_t size) const {
  Asked copy = *this;
  copy.at_ = size;
  return copy;
}

projection::Answer Asked::answer() const {
  const projection::Report& report = report_named(report_);
  auto options = projection::Options::parse(report.options, options_);
  LIGGARE_ASSERT(options, "options that the report has");
  const projection::FoldedRows source(told_->rows_at(at_));
  const projection::Question question{
      std::move(*options),
      as_of_,
      at_,
      source,
      [&](const domain::Subject& subject) { return told_->stream(subject, at_); },
      [](const domain::RecordedEvent& event) { return Json(event.event.id); }};
  auto answer = report.answer(question);
  if (answer && small_cell_) {
    LIGGARE_ASSERT(report.public_form != nullptr, "a report with a public form");
    answer = report.public_form(question, std::move(*answer), *small_cell_);
  }
  LIGGARE_ASSERT(answer, "a story can be read");
  return std::move(*answer);
}

Asked Asked::publicly(std::int64_t small_cell) const {
  Asked other = *this;
  other.small_cell_ = small_cell;
  return other;
}

std::string Asked::rows() const { return json(answer().rows.text()); }
std::string Asked::findings() const { return json(answer().findings.text()); }

std::string Asked::summary() const {
  const projection::Answer given = answer();
  const Json* summary = given.extras.find("summary");
  return summary == nullptr ? "no summary" : json(summary->text());
}

std::string Asked::columns(std::string_view names) const {
  Json table = Json::array();
  const projection::Answer given = answer();
  for (const Json& row : *given.rows.as_array()) {
    Json line = Json::array();
    std::istringstream words{std::string(names)};
    for (std::string name; words >> name;) {
      const Json* value = row.find(name);
      line.push(value == nullptr ? Json("no " + name) : *value);
    }
    table.push(std::move(line));
  }
  return json(table.text());
}

Told::Told() : story_(town()) {
  for (const std::string_view subject : subjects_in_town) {
    streams_[subject_named(subject)] = story_.stream(subject);
  }
  LIGGARE_ASSERT(streams_.size() == story_.size(), "the town is known as a whole");
}

Told Told::only() { return Told(Story()); }

Told& Told::given(std::initializer_list<Sent> events, std::source_location at) {
  for (const Sent& sent : events) {
    const Answer answer = story_.when(sent);
    story_.given(sent, at);
    if (!answer.result()) continue;
    last_ = answer.result()->event->event.subject;
    streams_[last_].push_back(answer.result()->event);
  }
  return *this;
}

Told& Told::people(std::initializer_list<std::string_view> ids) {
  for (const std::string_view id : ids) {
    const std::string text(id);
    given({by(id, registered().on("2018-01-01").as("registered-" + text))});
  }
  return *this;
}

Told& Told::timed(std::string_view time) {
  domain::RecordedEventPtr& event = streams_[last_].back();
  domain::RecordedEvent copy = *event;
  copy.event.time = std::string(time);
  event = std::make_shared<const domain::RecordedEvent>(std::move(copy));
  return *this;
}

Told& Told::holding(const std::vector<PersonalClass>& classes) {
  domain::RecordedEventPtr& event = streams_[last_].back();
  domain::RecordedEvent copy = *event;
  copy.event.personal = classes;
  event = std::make_shared<const domain::RecordedEvent>(std::move(copy));
  return *this;
}

projection::Rows Told::rows_at(std::uint64_t size) const {
  projection::Rows rows;
  for (const auto& [subject, stream] : streams_) {
    projection::fold_stream(projections::all_projections(), subject, domain::known_at(stream, size),
                            rows);
  }
  return rows;
}

domain::Stream Told::stream(const domain::Subject& subject, std::uint64_t size) const {
  const auto found = streams_.find(subject);
  if (found == streams_.end()) return {};
  const auto known = domain::known_at(found->second, size);
  return {known.begin(), known.end()};
}

Asked Told::ask(std::string_view report, const Given& options) const {
  return {*this, report, options};
}

Sent by(std::string_view participant, const Sent& sent) {
  return sent.about("participant/" + std::string(participant));
}

Sent enrolled(std::string_view participant, const Text& enrolment, std::string_view from,
              const Text& unit) {
  return by(participant, Sent(domain::EnrolmentStarted{enrolment, "osa", unit, std::nullopt,
                                                       std::nullopt, std::nullopt}))
      .on(from);
}

}  // namespace liggare::test
