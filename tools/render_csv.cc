#include "tools/render_csv.h"

#include "tools/columns.h"

namespace liggare::tools {
namespace {

bool looks_like_formula(std::string_view text) {
  if (text.empty()) return false;
  const auto first = static_cast<unsigned char>(text[0]);
  if (first < 0x20 || first == 0x7f) return true;
  // U+0080 … U+009F, the other control characters, are C2 80 … C2 9F in UTF-8.
  if (first == 0xc2 && text.size() > 1 && static_cast<unsigned char>(text[1]) < 0xa0) return true;
  return std::string_view("=+-@").find(text[0]) != std::string_view::npos;
}

std::string quoted(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out.push_back('"');
    out.push_back(c);
  }
  return out + "\"";
}

std::string field_of(const Json* value) {
  if (value == nullptr || value->is_null()) return {};
  if (const std::string* text = value->as_text()) {
    return quoted(looks_like_formula(*text) ? "'" + *text : *text);
  }
  if (is_suppressed(*value)) return "suppressed";
  return quoted(value->text());
}

}  // namespace

std::string render_csv(const Json& rows, std::span<const std::string_view> columns) {
  std::string out;
  const auto append_line = [&](const auto& field) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (i > 0) out.push_back(',');
      out += field(columns[i]);
    }
    out += "\r\n";
  };
  append_line([](std::string_view column) { return quoted(column); });
  for (const Json& row : *rows.as_array()) {
    append_line([&](std::string_view column) { return field_of(row.find(column)); });
  }
  return out;
}

}  // namespace liggare::tools
