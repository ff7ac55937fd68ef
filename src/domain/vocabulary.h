// The closed enumerations of the contract (section 3) and their words.
//
// The order is the contract's; stored ordinals follow it, so values are only ever added at the end.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace liggare::domain {

// Specialised for each enumeration: `values` holds its words in order.
template <class Enum>
struct Words;

template <class Enum>
concept Enumeration = requires {
  Words<Enum>::values;
};

template <Enumeration Enum>
constexpr std::string_view word_of(Enum value) {
  return Words<Enum>::values[static_cast<std::size_t>(value)];
}

template <Enumeration Enum>
constexpr std::optional<Enum> from_word(std::string_view word) {
  for (std::size_t i = 0; i < Words<Enum>::values.size(); ++i) {
    if (Words<Enum>::values[i] == word) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

#define LIGGARE_WORDS(Enum, ...)                                                   \
  template <>                                                                      \
  struct Words<Enum> {                                                             \
    static constexpr auto values = std::to_array<std::string_view>({__VA_ARGS__}); \
  }

enum class UnitKind { board, administration, business_area, unit, team, company, external };
LIGGARE_WORDS(UnitKind, "board", "administration", "business-area", "unit", "team", "company",
              "external");

enum class PlaceCategory { ordinary, ias, company, external };
LIGGARE_WORDS(PlaceCategory, "ordinary", "ias", "company", "external");

enum class Measure {
  realised_places,
  placement_starts,
  persons_placed,
  active_placements,
  referrals
};
LIGGARE_WORDS(Measure, "realised-places", "placement-starts", "persons-placed", "active-placements",
              "referrals");

enum class DataCategory { identity, enrolment, progress, ordinary, social, health, offence };
LIGGARE_WORDS(DataCategory, "identity", "enrolment", "progress", "ordinary", "social", "health",
              "offence");

enum class Role { consultant, supervisor, lead, auditor, dpo, statistician, registrar, admin };
LIGGARE_WORDS(Role, "consultant", "supervisor", "lead", "auditor", "dpo", "statistician",
              "registrar", "admin");

enum class NotifiedParty { authority, subjects };
LIGGARE_WORDS(NotifiedParty, "authority", "subjects");

enum class Sex { female, male };
LIGGARE_WORDS(Sex, "female", "male");

enum class ReferralSource {
  arbetsformedlingen,
  social_services,
  kaa,
  job_and_knowledge_square,
  self,
  other
};
LIGGARE_WORDS(ReferralSource, "arbetsformedlingen", "social-services", "kaa",
              "job-and-knowledge-square", "self", "other");

enum class Outcome {
  employment,
  studies,
  own_business,
  arbetsformedlingen,
  other_measure,
  moved,
  interrupted,
  unknown
};
LIGGARE_WORDS(Outcome, "employment", "studies", "own-business", "arbetsformedlingen",
              "other-measure", "moved", "interrupted", "unknown");

enum class Respondent { participant, handler };
LIGGARE_WORDS(Respondent, "participant", "handler");

enum class PlanKind { iup, handlingsplan, aktivitetsplan };
LIGGARE_WORDS(PlanKind, "iup", "handlingsplan", "aktivitetsplan");

enum class Chooser { participant, guardian };
LIGGARE_WORDS(Chooser, "participant", "guardian");

enum class Colour { red, yellow, green };
LIGGARE_WORDS(Colour, "red", "yellow", "green");

enum class MeetingKind { three_party, mi, follow_up };
LIGGARE_WORDS(MeetingKind, "three-party", "mi", "follow-up");

enum class Channel { written, oral, digital };
LIGGARE_WORDS(Channel, "written", "oral", "digital");

enum class ConsentNature { secrecy, gdpr };
LIGGARE_WORDS(ConsentNature, "secrecy", "gdpr");

enum class ConsentForm { written, oral, email };
LIGGARE_WORDS(ConsentForm, "written", "oral", "email");

enum class RequestKind { access, rectification, erasure, restriction, objection, portability };
LIGGARE_WORDS(RequestKind, "access", "rectification", "erasure", "restriction", "objection",
              "portability");

enum class RequestOutcome { granted, partly, refused };
LIGGARE_WORDS(RequestOutcome, "granted", "partly", "refused");

enum class DisclosureForm { oral, letter, copy, meeting, electronic };
LIGGARE_WORDS(DisclosureForm, "oral", "letter", "copy", "meeting", "electronic");

enum class PlacementKind {
  osa,
  arbetstraning,
  arbetsmarknadsanstallning,
  utvecklingsplats,
  praktik
};
LIGGARE_WORDS(PlacementKind, "osa", "arbetstraning", "arbetsmarknadsanstallning",
              "utvecklingsplats", "praktik");

enum class ExtensionReason { studies_started, studies_planned, other };
LIGGARE_WORDS(ExtensionReason, "studies-started", "studies-planned", "other");

enum class EndCause {
  completed,
  employment,
  studies,
  irregularity,
  illness,
  employer,
  participant,
  other
};
LIGGARE_WORDS(EndCause, "completed", "employment", "studies", "irregularity", "illness", "employer",
              "participant", "other");

enum class FollowUp { exit, day90, day180 };
LIGGARE_WORDS(FollowUp, "exit", "90", "180");

enum class ProtectionMark { confidentiality, protected_registration, assumed_identity };
LIGGARE_WORDS(ProtectionMark, "confidentiality", "protected-registration", "assumed-identity");

enum class RetentionTrigger { enrolment_ended, last_event };
LIGGARE_WORDS(RetentionTrigger, "enrolment-ended", "last-event");

enum class RetentionAction { erase, archive, keep };
LIGGARE_WORDS(RetentionAction, "erase", "archive", "keep");

enum class Verdict { ok, ask, incident };
LIGGARE_WORDS(Verdict, "ok", "ask", "incident");

enum class ErasureReason { retention, art17, unlawful, wrong_person };
LIGGARE_WORDS(ErasureReason, "retention", "art17", "unlawful", "wrong-person");

}  // namespace liggare::domain
