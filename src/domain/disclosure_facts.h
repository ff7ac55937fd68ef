// Facts about consents, shields and disclosures.
#pragma once

#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "base/day.h"
#include "domain/consent_events.h"
#include "domain/field.h"
#include "domain/vocabulary.h"

namespace liggare::domain {

enum class ConsentState { active, withdrawn, expired };
LIGGARE_WORDS(ConsentState, "active", "withdrawn", "expired");

struct ConsentFact {
  std::string purpose;
  std::vector<DataCategory> categories;
  std::vector<std::string> recipients;
  ConsentForm form = ConsentForm::written;
  Day given_on = Day::first();
  std::optional<Day> valid_to;
  std::optional<Day> withdrawn_on;  // The earliest.
  std::int64_t position = 0;
  static constexpr auto fields() {
    return std::tuple{code("purpose", &ConsentFact::purpose),
                      value("categories", &ConsentFact::categories),
                      id("recipients", &ConsentFact::recipients),
                      value("form", &ConsentFact::form),
                      value("givenOn", &ConsentFact::given_on),
                      value("validTo", &ConsentFact::valid_to),
                      value("withdrawnOn", &ConsentFact::withdrawn_on),
                      integer("position", &ConsentFact::position, 0)};
  }
};

// Withdrawn from the day of the earliest withdrawal on, expired after its last day (contract,
// section 4, report 9).
ConsentState state_on(const ConsentFact& consent, Day day);

struct ShieldFact {
  std::string against;
  std::vector<DataCategory> categories;
  Day set = Day::first();
  std::optional<Day> lifted;
  static constexpr auto fields() {
    return std::tuple{id("against", &ShieldFact::against),
                      value("categories", &ShieldFact::categories), value("set", &ShieldFact::set),
                      value("lifted", &ShieldFact::lifted)};
  }
};

struct DisclosureFact {
  DisclosureMade made;
  Day day = Day::first();
  std::int64_t position = 0;
  std::string event_id;
  static constexpr auto fields() {
    return std::tuple{value("made", &DisclosureFact::made), value("day", &DisclosureFact::day),
                      integer("position", &DisclosureFact::position, 0),
                      domain::event_id("event", &DisclosureFact::event_id)};
  }
};

}  // namespace liggare::domain
