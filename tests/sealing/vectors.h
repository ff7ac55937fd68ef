// The known answers of golden/sealing-vectors.json, as bytes.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sealing/seal.h"

namespace liggare::sealing {

struct PuncturedLevel {
  unsigned nibble = 0;
  std::map<unsigned, std::string> siblings;
};

struct SectionVector {
  std::string name;
  std::string class_key;
  EventContext event;
  Section section;
  std::string json;  // The object, as RFC 8785 text.
  std::string context;
  std::string base_key;
  std::string pseudorandom_key;
  std::string section_key;
  std::string encryption_key;
  std::string plaintext;
  std::vector<PuncturedLevel> punctured;  // Empty where the vector shows none.
};

std::vector<SectionVector> read_section_vectors();

// Requires lower-case hexadecimal.
std::string unhex(std::string_view text);

}  // namespace liggare::sealing
