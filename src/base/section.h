// A sealed section: one class of personal data in one event, as it stands in the record
// (evidence, section 2).
#pragma once

#include <string>

#include "base/personal_class.h"

namespace liggare {

// Read from elsewhere, its lengths are not to be trusted (sealing/section.h).
struct Section {
  PersonalClass personal_class = PersonalClass::identity;
  std::string key_id;      // 16 bytes; names the class key's generation.
  std::string index;       // 4 bytes; the leaf of the puncture tree.
  std::string salt;        // 32 bytes.
  std::string commitment;  // 32 bytes.
  std::string ciphertext;
  bool operator==(const Section&) const = default;
};

}  // namespace liggare
