#include "base/personal_class.h"

#include "base/assertion.h"

namespace liggare {

std::string_view name_of(PersonalClass personal_class) {
  switch (personal_class) {
    case PersonalClass::identity:
      return "identity";
    case PersonalClass::ordinary:
      return "ordinary";
    case PersonalClass::social:
      return "social";
    case PersonalClass::health:
      return "health";
    case PersonalClass::offence:
      return "offence";
  }
  LIGGARE_ASSERT(false, "a PersonalClass without a name");
  return "";
}

std::optional<PersonalClass> personal_class_named(std::string_view name) {
  for (const PersonalClass personal_class : personal_classes) {
    if (name_of(personal_class) == name) return personal_class;
  }
  return std::nullopt;
}

}  // namespace liggare
