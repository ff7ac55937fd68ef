// Reports asked of a story, with no disk in between: the streams are folded in memory, and what is
// expected stands beside it as JSON text.
//
//   EXPECT_EQ(told.ask("stalled", {{"days", "0"}}).as_of("2024-06-01").columns("enrolment days"),
//             json(R"([["e1", 31]])"));
#pragma once

#include <initializer_list>
#include <map>
#include <optional>
#include <source_location>
#include <string>
#include <string_view>

#include "projection/projection.h"
#include "projection/report.h"
#include "tests/support/events.h"

namespace liggare::test {

// JSON text without blanks, one element of the outermost list a line: how answers are compared.
std::string json(std::string_view text);

using Given = std::map<std::string, std::string>;

class Told;

// A question about what was told. As-of is the last day of 2025 and at is now, unless told
// otherwise.
class Asked {
 public:
  Asked(const Told& told, std::string_view report, const Given& options);
  Asked as_of(std::string_view day) const;
  Asked at(std::uint64_t size) const;
  // In its public form. Requires that the report has one.
  Asked publicly(std::int64_t small_cell = 5) const;

  std::string rows() const;
  std::string findings() const;
  std::string summary() const;
  // Of each row only these, as a list: "line from to".
  std::string columns(std::string_view names) const;

 private:
  projection::Answer answer() const;

  const Told* told_;
  std::string report_;
  Given options_;
  Day as_of_;
  std::uint64_t at_;
  std::optional<std::int64_t> small_cell_;
};

// A story whose every stream can be folded.
class Told {
 public:
  // Starts with the town (events.h); the first event given has the id "e0".
  Told();
  // Starts with nothing.
  static Told only();

  Told& given(std::initializer_list<Sent> events,
              std::source_location at = std::source_location::current());
  // Participants known since 2018.
  Told& people(std::initializer_list<std::string_view> ids);
  // Gives the last event the attribute `time`: when its source system registered it.
  Told& timed(std::string_view time);
  // Gives the last event personal data of these classes.
  Told& holding(const std::vector<PersonalClass>& classes);

  // Where `at` lies after what was told so far.
  std::uint64_t size() const { return story_.size(); }
  projection::Rows rows_at(std::uint64_t size) const;
  domain::Stream stream(const domain::Subject& subject, std::uint64_t size) const;
  Asked ask(std::string_view report, const Given& options = {}) const;

 private:
  explicit Told(Story story) : story_(std::move(story)) {}

  Story story_;
  std::map<domain::Subject, domain::Stream> streams_;
  domain::Subject last_;
};

// The same event, about that participant.
Sent by(std::string_view participant, const Sent& sent);
Sent enrolled(std::string_view participant, const Text& enrolment, std::string_view from,
              const Text& unit = "U1");

}  // namespace liggare::test
