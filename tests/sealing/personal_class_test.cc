#include "base/personal_class.h"

#include <gtest/gtest.h>

#include <string>

namespace liggare {
namespace {

TEST(PersonalClass, NamesReadBackAsTheSameClass) {
  for (const PersonalClass each : personal_classes) {
    EXPECT_EQ(personal_class_named(name_of(each)), each);
  }
}

TEST(PersonalClass, HasTheNamesOfTheContract) {
  std::string names;
  for (const PersonalClass each : personal_classes) names += std::string(name_of(each)) + " ";
  EXPECT_EQ(names, "identity ordinary social health offence ");
}

TEST(PersonalClass, RefusesOtherNames) {
  EXPECT_EQ(personal_class_named("Health"), std::nullopt);
  EXPECT_EQ(personal_class_named(""), std::nullopt);
}

}  // namespace
}  // namespace liggare
