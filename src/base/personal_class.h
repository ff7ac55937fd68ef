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

inline constexpr std::array<std::string_view, 5> personal_class_names = {
    "identity", "ordinary", "social", "health", "offence"};

// The name on the wire and in the bytes that a section is bound to, such as "health".
constexpr std::string_view name_of(PersonalClass personal_class) {
  return personal_class_names[static_cast<std::size_t>(personal_class)];
}

// No value where no class has that name.
constexpr std::optional<PersonalClass> personal_class_named(std::string_view name) {
  for (std::size_t i = 0; i < personal_class_names.size(); ++i) {
    if (personal_class_names[i] == name) return static_cast<PersonalClass>(i);
  }
  return std::nullopt;
}

}  // namespace liggare
