// Rows as an aligned table for people.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/json.h"
#include "tools/texts.h"

namespace liggare::tools {

enum class Colour { off, on };

struct Style {
  Language language = Language::english;
  Colour colour = Colour::off;
};

// A value as it stands in a cell of `column`: – for null, words of the language for states,
// colours with a symbol and a word, lists and objects in one line, harmful characters escaped.
std::string cell_text(const Json& value, std::string_view column, const Style& style);

// Titles, a rule, and a line for each row. Columns of numbers are aligned to the right.
std::string render_table(const Json& rows, std::span<const std::string_view> columns,
                         const Style& style);

// `text` in bold where the style has colours.
std::string emphasised(const std::string& text, const Style& style);

}  // namespace liggare::tools
