#include "tools/render_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "tools/columns.h"
#include "tools/display_text.h"

namespace liggare::tools {
namespace {

constexpr std::string_view no_value = "–";

// Where values are words of the contract, and where names of members are; elsewhere they are ids,
// which only look like words.
constexpr auto columns_of_words = std::to_array<std::string_view>(
    {"state", "status", "verdict", "code", "measure", "criteria", "kind", "requestKind", "class",
     "trigger", "action", "outcome", "role", "relation", "classes", "refusedClasses", "grounds",
     "found"});
constexpr auto columns_of_named_words =
    std::to_array<std::string_view>({"outcomes", "scope", "basis", "reason"});

template <std::size_t n>
bool is_among(const std::array<std::string_view, n>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

struct ColourSign {
  std::string_view word;
  std::string_view symbol;
  std::string_view sequence;  // Select Graphic Rendition (ECMA-48, 8.3.117).
};
constexpr auto colour_signs = std::to_array<ColourSign>({
    {"red", "●", "\x1b[31m"},
    {"yellow", "▲", "\x1b[33m"},
    {"green", "✓", "\x1b[32m"},
});

std::string word_in(std::string_view word, const Style& style) {
  const auto found = find_text(style.language, "word." + std::string(word));
  return found ? std::string(*found) : visible(word);
}

std::string word_text(std::string_view word, const Style& style) {
  const std::string shown = word_in(word, style);
  for (const ColourSign& sign : colour_signs) {
    if (sign.word != word) continue;
    const std::string signed_word = std::string(sign.symbol) + " " + shown;
    if (style.colour == Colour::off) return signed_word;
    return std::string(sign.sequence) + signed_word + "\x1b[0m";
  }
  return shown;
}

std::string decimal_text(double number, const Style& style) {
  std::string text = fmt::format("{}", number);
  if (style.language == Language::swedish) std::replace(text.begin(), text.end(), '.', ',');
  return text;
}

std::string list_text(const Json::Array& elements, std::string_view column, const Style& style) {
  std::string text;
  for (const Json& element : elements) {
    if (!text.empty()) text += element.as_object() != nullptr ? "; " : ", ";
    text += cell_text(element, column, style);
  }
  return text.empty() ? std::string(no_value) : text;
}

// "employment 3, studies 1"; a member that is just true is its name alone.
std::string object_text(const Json::Object& members, std::string_view column, const Style& style) {
  std::string text;
  for (const auto& [name, value] : members) {
    if (!text.empty()) text += ", ";
    text += is_among(columns_of_named_words, column) ? word_in(name, style) : visible(name);
    if (value == Json(true)) continue;
    text += " " + cell_text(value, column == "criteria" ? column : name, style);
  }
  return text.empty() ? std::string(no_value) : text;
}

std::string padded(const std::string& text, std::size_t width, bool to_the_right) {
  const std::string padding(width - std::min(width, display_width(text)), ' ');
  return to_the_right ? padding + text : text + padding;
}

bool is_number(const Json& value) {
  return value.as_integer() != nullptr || value.as_double() != nullptr;
}

struct TableColumn {
  bool of_numbers = false;
  std::size_t width = 0;
  std::vector<std::string> cells;  // The title first.
};

TableColumn make_column(const Json& rows, std::string_view name, const Style& style) {
  TableColumn column;
  column.cells.emplace_back(title_of(style.language, name));
  bool only_numbers = true;
  for (const Json& row : *rows.as_array()) {
    const Json* value = row.find(name);
    column.cells.push_back(value ? cell_text(*value, name, style) : std::string(no_value));
    if (value == nullptr || value->is_null()) continue;
    column.of_numbers = true;
    only_numbers = only_numbers && (is_number(*value) || is_suppressed(*value));
  }
  column.of_numbers = column.of_numbers && only_numbers;
  for (const std::string& cell : column.cells) {
    column.width = std::max(column.width, display_width(cell));
  }
  return column;
}

// Without the blanks that pad the last column.
void append_line(std::string& out, std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  out += line + "\n";
}

}  // namespace

std::string cell_text(const Json& value, std::string_view column, const Style& style) {
  if (value.is_null()) return std::string(no_value);
  if (const bool* flag = value.as_bool()) {
    return std::string(text_of(style.language, *flag ? "word.yes" : "word.no"));
  }
  if (const double* number = value.as_double()) return decimal_text(*number, style);
  if (const std::string* text = value.as_text()) {
    return is_among(columns_of_words, column) ? word_text(*text, style) : visible(*text);
  }
  if (const Json::Array* elements = value.as_array()) return list_text(*elements, column, style);
  if (is_suppressed(value)) return std::string(text_of(style.language, "word.suppressed"));
  if (const Json::Object* members = value.as_object()) return object_text(*members, column, style);
  return value.text();
}

std::string render_table(const Json& rows, std::span<const std::string_view> columns,
                         const Style& style) {
  std::vector<TableColumn> table;
  for (const std::string_view column : columns) table.push_back(make_column(rows, column, style));
  std::string out;
  for (std::size_t row = 0; row <= rows.as_array()->size(); ++row) {
    std::string line;
    std::string rule;
    for (const TableColumn& column : table) {
      if (!line.empty()) line += "  ";
      line += padded(column.cells[row], column.width, column.of_numbers);
      if (!rule.empty()) rule += "  ";
      for (std::size_t i = 0; i < column.width; ++i) rule += "─";
    }
    append_line(out, row == 0 ? emphasised(line, style) : line);
    if (row == 0) append_line(out, rule);
  }
  return out;
}

std::string emphasised(const std::string& text, const Style& style) {
  return style.colour == Colour::on ? "\x1b[1m" + text + "\x1b[0m" : text;
}

}  // namespace liggare::tools
