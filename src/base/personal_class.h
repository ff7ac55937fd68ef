// The classes of personal data (contract, section 1). Each has its own key per subject, so that
// each can be forgotten alone.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace liggare {

enum class PersonalClass {
  identity,  // Name, personnummer, samordningsnummer, contact.
  ordinary,  // Goals, notes, plan text.
  social,    // Benefit, debts, family.
  health,    // GDPR, article 9.
  offence,   // GDPR, article 10.
};

inline constexpr std::array personal_classes{PersonalClass::identity, PersonalClass::ordinary,
                                             PersonalClass::social, PersonalClass::health,
                                             PersonalClass::offence};

// The name on the wire and in the bytes that a section is bound to, such as "health".
std::string_view name_of(PersonalClass personal_class);
// No value where no class has that name.
std::optional<PersonalClass> personal_class_named(std::string_view name);

}  // namespace liggare
