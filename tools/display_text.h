// Text as a terminal shows it: how wide it is, and what must not reach the terminal as it is.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace liggare::tools {

// `text` with control, formatting and bidirectional characters, and bytes that are no UTF-8,
// written as \u{202e} and \xff: a value can neither move the cursor nor reorder a line.
std::string visible(std::string_view text);

// Columns that visible text takes. Our own colour sequences take none.
std::size_t display_width(std::string_view text);

// The beginning of visible `text`, at most `width` columns wide, ending in "…" where it was cut.
std::string shortened(std::string_view text, std::size_t width);

}  // namespace liggare::tools
