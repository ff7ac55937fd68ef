// Every event's data as one closed variant; its index is the event's type.
#pragma once

#include <memory>
#include <variant>

#include "domain/agreement_events.h"
#include "domain/care_events.h"
#include "domain/consent_events.h"
#include "domain/definition_events.h"
#include "domain/enrolment_events.h"
#include "domain/ledger_events.h"
#include "domain/placement_events.h"
#include "domain/progress_events.h"
#include "domain/unit_events.h"

namespace liggare::domain {

struct AnyPayload;

// The data that a correction puts in its target's place, of the target's type. Empty while that
// type is not known: the data are read when the target has been found.
struct CorrectedData {
  std::shared_ptr<const AnyPayload> payload;
  bool operator==(const CorrectedData& other) const;
};

// On any stream: replaces the target's data whole, and its day if given (contract, section 2).
struct EventCorrected {
  static constexpr auto type = EventType::event_corrected;
  std::string target;
  CorrectedData data;
  std::optional<Day> effective;
  std::string reason;
  static constexpr auto fields() {
    return std::tuple{
        event_id("target", &EventCorrected::target), value("data", &EventCorrected::data),
        value("effective", &EventCorrected::effective), code("reason", &EventCorrected::reason)};
  }
  bool operator==(const EventCorrected&) const = default;
};

// On any stream: takes the target off the timeline.
struct EventVoided {
  static constexpr auto type = EventType::event_voided;
  std::string target;
  std::string reason;
  static constexpr auto fields() {
    return std::tuple{event_id("target", &EventVoided::target),
                      code("reason", &EventVoided::reason)};
  }
  bool operator==(const EventVoided&) const = default;
};

using PayloadVariant = std::variant<
    UnitRegistered, UnitRenamed, UnitMoved, UnitClosed, AgreementSigned, AgreementAmended,
    AgreementTerminated, TargetSet, FigurePublished, LadderPublished, NoticePublished, BasisAdopted,
    PolicyAdopted, StaffRegistered, RoleGranted, RoleRevoked, IncidentReported, IncidentNotified,
    IncidentClosed, PlaceOffered, PlaceWithdrawn, ParticipantRegistered, ReferralReceived,
    ReferralAccepted, ReferralDeclined, ReferralWithdrawn, EnrolmentStarted, EnrolmentPaused,
    EnrolmentResumed, EnrolmentTransferred, EnrolmentEnded, ConsultantAssigned, ConsultantReleased,
    MappingRecorded, AssessmentRecorded, PlanCreated, PlanRevised, PlanTransferred, PlanClosed,
    PathChosen, CriterionAssessed, StepCompleted, StepReopened, MeetingHeld, InformationGiven,
    ConsentGiven, ConsentRefused, ConsentWithdrawn, RequestReceived, RequestAnswered, ShieldSet,
    ShieldLifted, DisclosureMade, DisclosureRefused, PlacementStarted, PlacementExtended,
    PlacementEnded, OutcomeRecorded, NoteRecorded, ProtectionSet, ProtectionLifted, EventCorrected,
    EventVoided, LedgerSealed, LedgerKeyRotated, LedgerRolledBack, LedgerRestored, ReportPublished,
    RetentionAdopted, ReviewStarted, ReviewMarked, ReviewClosed, HoldPlaced, HoldReleased,
    ErasureDecided, ErasureExecuted>;
static_assert(std::variant_size_v<PayloadVariant> == event_type_count);

// A variant whose copies, moves and comparison are compiled once, in payload.cc: made in place by
// every file that holds an event, 76 alternatives cost seconds each time.
struct Payload : PayloadVariant {
  using PayloadVariant::PayloadVariant;
  Payload();
  Payload(const Payload& other);
  Payload(Payload&& other) noexcept;
  Payload& operator=(const Payload& other);
  Payload& operator=(Payload&& other) noexcept;
  ~Payload();
  bool operator==(const Payload& other) const;
};

struct AnyPayload {
  Payload value;
  bool operator==(const AnyPayload&) const = default;
};

inline bool CorrectedData::operator==(const CorrectedData& other) const {
  if (payload == nullptr || other.payload == nullptr) return payload == other.payload;
  return *payload == *other.payload;
}

inline EventType type_of(const Payload& payload) { return static_cast<EventType>(payload.index()); }

// An empty payload of `type`, to be filled.
Payload make_payload(EventType type);

template <class... Visits>
struct Overloaded : Visits... {
  using Visits::operator()...;
};
template <class... Visits>
Overloaded(Visits...) -> Overloaded<Visits...>;

}  // namespace liggare::domain
