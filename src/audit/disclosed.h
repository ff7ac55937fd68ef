// disclosed.ndjson: the sections of a bundle that were disclosed, each with its key and with what
// it holds, in the clear (docs/bundles.md).
//
// One line each, by position and then in the order of the classes:
// {"position":7,"class":"health","key":BASE64,"clear":{…}}. The key opens this section and nothing
// else; "clear" is, byte for byte, what it opens.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "audit/outcome.h"
#include "base/personal_class.h"

namespace liggare::audit {

struct DisclosedSection {
  std::uint64_t position = 0;
  PersonalClass personal_class = PersonalClass::identity;
  std::string key;    // 32 bytes.
  std::string clear;  // An object as RFC 8785 text.
  bool operator==(const DisclosedSection&) const = default;
};

// Requires keys of 32 bytes, clear texts that are objects without line feeds, and the order above.
std::string print_disclosed(std::span<const DisclosedSection> sections);

// The sections of a file; never none. Refusal: disclosed_differs, naming the line, for anything
// that print_disclosed() would not give: a member more, a section twice, another order. Whether
// "clear" is JSON is left to what the key opens.
Checked<std::vector<DisclosedSection>> parse_disclosed(std::string_view text);

}  // namespace liggare::audit
