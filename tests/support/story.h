// A small language for rules: given what was recorded, when an event is sent, then what is
// answered.
//
//   given({registered(), placement_started("p1")})
//       .when(placement_ended("p1").on("2024-04-01"))
//       .then_accepted();
//
// Every event of given() goes through domain::decide as well, so a story starts from what a ledger
// could hold.
#pragma once

#include <initializer_list>
#include <map>
#include <optional>
#include <source_location>
#include <string>
#include <string_view>

#include "domain/decide.h"

namespace liggare::test {

// An event to be sent. Unless told otherwise it is about participant/P1, true from 2024-03-01,
// recorded on 2026-01-01, and its id counts on ("e0", "e1", …).
class Sent {
 public:
  explicit Sent(domain::Payload data);

  Sent about(std::string_view subject) const;
  Sent on(std::string_view day) const;
  Sent as(std::string_view id) const;
  Sent recorded_at(std::string_view instant) const;

 private:
  friend class Story;
  friend Sent corrected(std::string_view target, const Sent& data);
  friend Sent corrected_to(std::string_view target, const Sent& data, std::string_view day);
  friend Sent wrongly_corrected(std::string_view target);

  domain::Event event_;
  Instant recorded_;
  // What the data of a correction turn out to be, once its target is known.
  std::optional<Result<domain::Payload, domain::Rejection>> correction_data_;
};

// event.corrected: `data`'s data in place of the target's, which keeps its day.
Sent corrected(std::string_view target, const Sent& data);
// The same, and a new day for the target.
Sent corrected_to(std::string_view target, const Sent& data, std::string_view day);
// A correction whose data do not read as the target's type (invalid-field).
Sent wrongly_corrected(std::string_view target);
Sent voided(std::string_view target);

// What was answered.
class Answer {
 public:
  explicit Answer(Result<domain::Accepted, domain::Rejection> result)
      : result_(std::move(result)) {}
  void then_accepted(std::source_location at = std::source_location::current()) const;
  void then_rejected(domain::RejectionCode code,
                     std::source_location at = std::source_location::current()) const;
  // With the text that says what clashed.
  void then_rejected(domain::RejectionCode code, std::string_view detail,
                     std::source_location at = std::source_location::current()) const;
  const Result<domain::Accepted, domain::Rejection>& result() const { return result_; }
  domain::Accepted accepted() && { return *std::move(result_); }

 private:
  Result<domain::Accepted, domain::Rejection> result_;
};

// A ledger in memory.
class Story {
 public:
  // Takes one more event, which must be accepted.
  Story& given(const Sent& sent, std::source_location at = std::source_location::current());
  // Asks; nothing is recorded.
  Answer when(const Sent& sent) const;

  const domain::Stream& stream(std::string_view subject) const;
  // The rules' view of a stream at positions < size.
  domain::Timeline timeline(std::string_view subject, std::uint64_t size) const;
  std::uint64_t size() const { return size_; }
  // The next event gets the id "e0".
  void number_from_here() { numbered_from_ = size_; }

 private:
  const domain::JudgedStream& judged(const domain::Subject& subject) const;

  std::map<domain::Subject, domain::JudgedStream> streams_;
  std::uint64_t size_ = 0;
  std::uint64_t numbered_from_ = 0;
};

domain::Subject subject_named(std::string_view text);
Day day(std::string_view text);

// A story that starts with the town (events.h); the first event of `events` has the id "e0".
Story given(std::initializer_list<Sent> events,
            std::source_location at = std::source_location::current());
// A story that starts with an empty ledger.
Story given_only(std::initializer_list<Sent> events,
                 std::source_location at = std::source_location::current());

}  // namespace liggare::test
