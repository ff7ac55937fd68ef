// Sections as an event's personal data would have them, of the right lengths and sealed by nobody.
#pragma once

#include <string>
#include <vector>

#include "base/section.h"
#include "domain/event.h"

namespace liggare::test {

inline std::vector<Section> sections_of(const domain::Event& event) {
  std::vector<Section> sections;
  if (!event.personal) return sections;
  for (const PersonalClass personal_class : *event.personal) {
    sections.push_back({personal_class, std::string(16, 'k'), std::string(4, 'i'),
                        std::string(32, 's'), std::string(32, 'c'), std::string(80, 't')});
  }
  return sections;
}

}  // namespace liggare::test
