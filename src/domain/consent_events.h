// Information, consents, requests, shields, disclosures, protection (contract, section 3,
// Participant).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/day.h"
#include "domain/field.h"
#include "domain/vocabulary.h"

namespace liggare::domain {

struct InformationGiven {
  static constexpr auto type = EventType::information_given;
  std::string notice;
  Channel channel = Channel::written;
  static constexpr auto fields() {
    return std::tuple{reference("notice", &InformationGiven::notice, StreamKind::notice),
                      value("channel", &InformationGiven::channel)};
  }
  bool operator==(const InformationGiven&) const = default;
};

struct ConsentGiven {
  static constexpr auto type = EventType::consent_given;
  std::string consent;
  std::optional<std::string> notice;
  ConsentNature nature = ConsentNature::secrecy;
  std::string purpose;
  std::vector<DataCategory> categories;
  std::vector<std::string> recipients;
  ConsentForm form = ConsentForm::written;
  std::optional<Chooser> given_by;
  std::optional<std::string> evidence_digest;
  std::optional<Day> valid_to;
  static constexpr auto fields() {
    return std::tuple{id("consent", &ConsentGiven::consent),
                      reference("notice", &ConsentGiven::notice, StreamKind::notice),
                      value("nature", &ConsentGiven::nature),
                      code("purpose", &ConsentGiven::purpose),
                      value("categories", &ConsentGiven::categories),
                      reference("recipients", &ConsentGiven::recipients, StreamKind::unit),
                      value("form", &ConsentGiven::form),
                      value("givenBy", &ConsentGiven::given_by),
                      digest("evidenceDigest", &ConsentGiven::evidence_digest),
                      value("validTo", &ConsentGiven::valid_to)};
  }
  bool operator==(const ConsentGiven&) const = default;
};

struct ConsentRefused {
  static constexpr auto type = EventType::consent_refused;
  std::string purpose;
  std::vector<std::string> recipients;
  static constexpr auto fields() {
    return std::tuple{code("purpose", &ConsentRefused::purpose),
                      reference("recipients", &ConsentRefused::recipients, StreamKind::unit)};
  }
  bool operator==(const ConsentRefused&) const = default;
};

struct ConsentWithdrawn {
  static constexpr auto type = EventType::consent_withdrawn;
  std::string consent;
  static constexpr auto fields() { return std::tuple{id("consent", &ConsentWithdrawn::consent)}; }
  bool operator==(const ConsentWithdrawn&) const = default;
};

struct RequestReceived {
  static constexpr auto type = EventType::request_received;
  std::string request;
  RequestKind kind = RequestKind::access;
  static constexpr auto fields() {
    return std::tuple{id("request", &RequestReceived::request),
                      value("kind", &RequestReceived::kind)};
  }
  bool operator==(const RequestReceived&) const = default;
};

struct RequestAnswered {
  static constexpr auto type = EventType::request_answered;
  std::string request;
  RequestOutcome outcome = RequestOutcome::granted;
  static constexpr auto fields() {
    return std::tuple{id("request", &RequestAnswered::request),
                      value("outcome", &RequestAnswered::outcome)};
  }
  bool operator==(const RequestAnswered&) const = default;
};

struct ShieldSet {
  static constexpr auto type = EventType::shield_set;
  std::string shield;
  std::string against;
  std::vector<DataCategory> categories;
  static constexpr auto fields() {
    return std::tuple{id("shield", &ShieldSet::shield),
                      reference("against", &ShieldSet::against, StreamKind::unit),
                      value("categories", &ShieldSet::categories)};
  }
  bool operator==(const ShieldSet&) const = default;
};

struct ShieldLifted {
  static constexpr auto type = EventType::shield_lifted;
  std::string shield;
  static constexpr auto fields() { return std::tuple{id("shield", &ShieldLifted::shield)}; }
  bool operator==(const ShieldLifted&) const = default;
};

// What a disclosure rests on; neither need exist (contract P7): that is a finding.
struct BasisReference {
  static constexpr bool exactly_one = true;
  std::optional<std::string> consent;
  std::optional<std::string> provision;
  static constexpr auto fields() {
    return std::tuple{id("consent", &BasisReference::consent),
                      id("provision", &BasisReference::provision)};
  }
  bool operator==(const BasisReference&) const = default;
};

struct DisclosureMade {
  static constexpr auto type = EventType::disclosure_made;
  std::string disclosure;
  std::string recipient;
  std::vector<DataCategory> categories;
  std::string purpose;
  DisclosureForm form = DisclosureForm::oral;
  std::optional<BasisReference> basis;
  static constexpr auto fields() {
    return std::tuple{id("disclosure", &DisclosureMade::disclosure),
                      reference("recipient", &DisclosureMade::recipient, StreamKind::unit),
                      value("categories", &DisclosureMade::categories),
                      code("purpose", &DisclosureMade::purpose),
                      value("form", &DisclosureMade::form),
                      value("basis", &DisclosureMade::basis)};
  }
  bool operator==(const DisclosureMade&) const = default;
};

struct DisclosureRefused {
  static constexpr auto type = EventType::disclosure_refused;
  std::string recipient;
  std::string purpose;
  std::optional<std::string> provision;
  static constexpr auto fields() {
    return std::tuple{reference("recipient", &DisclosureRefused::recipient, StreamKind::unit),
                      code("purpose", &DisclosureRefused::purpose),
                      code("provision", &DisclosureRefused::provision)};
  }
  bool operator==(const DisclosureRefused&) const = default;
};

struct ProtectionSet {
  static constexpr auto type = EventType::protection_set;
  ProtectionMark mark = ProtectionMark::confidentiality;
  std::vector<std::string> staff;
  static constexpr auto fields() {
    return std::tuple{value("mark", &ProtectionSet::mark),
                      reference("staff", &ProtectionSet::staff, StreamKind::staff)};
  }
  bool operator==(const ProtectionSet&) const = default;
};

struct ProtectionLifted {
  static constexpr auto type = EventType::protection_lifted;
  static constexpr auto fields() { return std::tuple{}; }
  bool operator==(const ProtectionLifted&) const = default;
};

}  // namespace liggare::domain
