// What a register extract says to the person, in Swedish and in English.
#pragma once

#include <span>

#include "tools/texts.h"

namespace liggare::tools {

// Keys: "type.<event type>", "class.<class>", "right.<right>", and headings and lines of the page.
std::span<const Text> extract_catalogue();
// `key` itself where the catalogue has none: a new event type shows under its own name.
std::string_view extract_text(Language language, std::string_view key);

}  // namespace liggare::tools
