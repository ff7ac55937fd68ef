// The characters, lines and numbers that the texts of this layer are made of, read strictly.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/result.h"

namespace liggare::merkle {

// UTF-8 in its shortest form, without surrogates, and no control byte below 0x20 but LF
// (C2SP signed-note).
bool is_note_text(std::string_view text);

// Whether `text`, valid UTF-8, holds a character that Unicode counts as white space.
bool has_space(std::string_view text);

// The line that `rest` begins with, without its LF; takes both off `rest`. Nothing, and `rest` as
// it was, where no LF is left.
std::optional<std::string_view> take_line(std::string_view& rest);

// invalid_argument unless `text` is a decimal without leading zeros and below 2^63.
Result<std::uint64_t> parse_decimal(std::string_view text);

}  // namespace liggare::merkle
