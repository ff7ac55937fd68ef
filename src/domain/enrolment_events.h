// Registration, referrals, enrolments and consultants (contract, section 3, Participant).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/day.h"
#include "domain/field.h"
#include "domain/vocabulary.h"

namespace liggare::domain {

struct ParticipantRegistered {
  static constexpr auto type = EventType::participant_registered;
  std::optional<std::int64_t> birth_year;
  std::optional<Sex> sex;
  std::optional<std::string> language;
  static constexpr auto fields() {
    return std::tuple{integer("birthYear", &ParticipantRegistered::birth_year, 1900, 2100),
                      value("sex", &ParticipantRegistered::sex),
                      code("language", &ParticipantRegistered::language)};
  }
  bool operator==(const ParticipantRegistered&) const = default;
};

struct ReferralReceived {
  static constexpr auto type = EventType::referral_received;
  std::string referral;
  ReferralSource source = ReferralSource::other;
  std::string programme;
  std::optional<std::string> unit;
  static constexpr auto fields() {
    return std::tuple{id("referral", &ReferralReceived::referral),
                      value("source", &ReferralReceived::source),
                      code("programme", &ReferralReceived::programme),
                      reference("unit", &ReferralReceived::unit, StreamKind::unit)};
  }
  bool operator==(const ReferralReceived&) const = default;
};

// The three decisions on a referral have the same data.
template <EventType Type>
struct ReferralDecided {
  static constexpr auto type = Type;
  std::string referral;
  std::optional<std::string> reason;
  static constexpr auto fields() {
    return std::tuple{id("referral", &ReferralDecided::referral),
                      code("reason", &ReferralDecided::reason)};
  }
  bool operator==(const ReferralDecided&) const = default;
};
using ReferralAccepted = ReferralDecided<EventType::referral_accepted>;
using ReferralDeclined = ReferralDecided<EventType::referral_declined>;
using ReferralWithdrawn = ReferralDecided<EventType::referral_withdrawn>;

struct EnrolmentStarted {
  static constexpr auto type = EventType::enrolment_started;
  std::string enrolment;
  std::string programme;
  std::string unit;
  std::optional<std::string> referral;
  std::optional<std::string> agreement;
  std::optional<std::string> line;
  static constexpr auto fields() {
    return std::tuple{id("enrolment", &EnrolmentStarted::enrolment),
                      code("programme", &EnrolmentStarted::programme),
                      reference("unit", &EnrolmentStarted::unit, StreamKind::unit),
                      id("referral", &EnrolmentStarted::referral),
                      reference("agreement", &EnrolmentStarted::agreement, StreamKind::agreement),
                      id("line", &EnrolmentStarted::line).needing("agreement")};
  }
  bool operator==(const EnrolmentStarted&) const = default;
};

// Pausing and resuming have the same data.
template <EventType Type>
struct EnrolmentInterrupted {
  static constexpr auto type = Type;
  std::string enrolment;
  std::optional<std::string> reason;
  static constexpr auto fields() {
    return std::tuple{id("enrolment", &EnrolmentInterrupted::enrolment),
                      code("reason", &EnrolmentInterrupted::reason)};
  }
  bool operator==(const EnrolmentInterrupted&) const = default;
};
using EnrolmentPaused = EnrolmentInterrupted<EventType::enrolment_paused>;
using EnrolmentResumed = EnrolmentInterrupted<EventType::enrolment_resumed>;

struct EnrolmentTransferred {
  static constexpr auto type = EventType::enrolment_transferred;
  std::string enrolment;
  std::string unit;
  static constexpr auto fields() {
    return std::tuple{id("enrolment", &EnrolmentTransferred::enrolment),
                      reference("unit", &EnrolmentTransferred::unit, StreamKind::unit)};
  }
  bool operator==(const EnrolmentTransferred&) const = default;
};

struct EnrolmentEnded {
  static constexpr auto type = EventType::enrolment_ended;
  std::string enrolment;
  Outcome outcome = Outcome::unknown;
  static constexpr auto fields() {
    return std::tuple{id("enrolment", &EnrolmentEnded::enrolment),
                      value("outcome", &EnrolmentEnded::outcome)};
  }
  bool operator==(const EnrolmentEnded&) const = default;
};

// Assigning and releasing a consultant have the same data.
template <EventType Type>
struct ConsultantChanged {
  static constexpr auto type = Type;
  std::string staff;
  static constexpr auto fields() {
    return std::tuple{reference("staff", &ConsultantChanged::staff, StreamKind::staff)};
  }
  bool operator==(const ConsultantChanged&) const = default;
};
using ConsultantAssigned = ConsultantChanged<EventType::consultant_assigned>;
using ConsultantReleased = ConsultantChanged<EventType::consultant_released>;

struct OutcomeRecorded {
  static constexpr auto type = EventType::outcome_recorded;
  std::string enrolment;
  FollowUp follow_up = FollowUp::exit;
  Outcome outcome = Outcome::unknown;
  static constexpr auto fields() {
    return std::tuple{id("enrolment", &OutcomeRecorded::enrolment),
                      value("followUp", &OutcomeRecorded::follow_up),
                      value("outcome", &OutcomeRecorded::outcome)};
  }
  bool operator==(const OutcomeRecorded&) const = default;
};

}  // namespace liggare::domain
