// What `liggare verify` says of a ledger, in Swedish and in English.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "inspect/statement.h"
#include "tools/phrase.h"

namespace liggare::tools {

const Phrase& phrase_of(const inspect::Remark& remark);

// The remark with its values, harmful characters escaped.
std::string sentence(Language language, const inspect::Remark& remark);
// As JSON has it: in English, and never in the singular, so that its form is always the same.
std::string json_phrase(const inspect::Remark& remark);

// What a finding's code means, in a few words; nothing for a code that is none.
std::string_view finding_text(Language language, std::string_view code);

// The first line of the answer.
struct Headline {
  std::string ledger;
  std::uint64_t size = 0;
  std::uint64_t findings = 0;
  std::string root;
};
std::string headline_text(Language language, const Headline& headline);

// How many of `size` events no given checkpoint covers.
struct Exposure {
  std::uint64_t exposed = 0;
  std::uint64_t size = 0;
  bool has_checkpoint = false;  // Whether one was given.
};
std::string exposure_text(Language language, const Exposure& exposure);

}  // namespace liggare::tools
