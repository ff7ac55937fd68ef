// The classes of personal data as an enumeration of the contract.
#pragma once

#include "base/personal_class.h"
#include "domain/vocabulary.h"

namespace liggare::domain {

template <>
struct Words<PersonalClass> {
  static constexpr auto values = personal_class_names;
};

}  // namespace liggare::domain
