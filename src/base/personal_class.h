// The five classes of personal data (contract, section 1).
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace liggare {

enum class PersonalClass { identity, ordinary, social, health, offence };

inline constexpr std::array<std::string_view, 5> personal_class_names = {
    "identity", "ordinary", "social", "health", "offence"};

constexpr std::string_view name_of(PersonalClass personal_class) {
  return personal_class_names[static_cast<std::size_t>(personal_class)];
}

constexpr std::optional<PersonalClass> personal_class_named(std::string_view name) {
  for (std::size_t i = 0; i < personal_class_names.size(); ++i) {
    if (personal_class_names[i] == name) return static_cast<PersonalClass>(i);
  }
  return std::nullopt;
}

}  // namespace liggare
