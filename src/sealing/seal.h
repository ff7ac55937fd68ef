// Sealing and opening one section (evidence, section 2). Pure: keys, salts and indexes come from
// the caller, so that a verifier without a vault opens what was disclosed to it.
#pragma once

#include <string>
#include <string_view>

#include "base/personal_class.h"
#include "base/result.h"
#include "base/secret.h"
#include "sealing/section.h"

namespace liggare::sealing {

// A section before it is sealed. Index and salt are fresh random bytes at every attempt: the
// cipher's nonce is all zeros, so nothing else keeps two plaintexts from sharing a key.
struct SectionDraft {
  PersonalClass personal_class = PersonalClass::identity;
  std::string key_id;
  std::string index;
  std::string salt;
  std::string json;  // The class's object as RFC 8785 text.
};

// `base_key` is the leaf at the draft's index (puncture_tree.h). Requires the draft's fixed
// lengths.
Section seal(const SecretKey& base_key, const EventContext& event, SectionDraft draft);

// The key of one section, which opens this section and nothing else: what a disclosure hands out.
SecretKey section_key(const SecretKey& base_key, const EventContext& event, const Section& section);

// The JSON text. corrupt where the key, the event or any byte is not what it was sealed with.
Result<std::string> open(const SecretKey& section_key, const EventContext& event,
                         const Section& section);

}  // namespace liggare::sealing
