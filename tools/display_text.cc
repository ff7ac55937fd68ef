#include "tools/display_text.h"

#include <fmt/format.h>
#include <utf8proc.h>

#include <iterator>

namespace liggare::tools {
namespace {

struct CodePoint {
  utf8proc_int32_t value = -1;  // Negative for a byte that is no UTF-8.
  std::size_t bytes = 1;
};

CodePoint first_of(std::string_view text) {
  CodePoint point;
  const auto size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                     static_cast<utf8proc_ssize_t>(text.size()), &point.value);
  if (size > 0) {
    point.bytes = static_cast<std::size_t>(size);
  } else {
    point.value = -1;
  }
  return point;
}

// Controls, formatting (where the bidirectional ones are), line and paragraph separators.
bool is_harmful(utf8proc_int32_t code_point) {
  switch (utf8proc_category(code_point)) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
    case UTF8PROC_CATEGORY_CS:
      return true;
    default:
      return false;
  }
}

// The length of the colour sequence that `text` begins with, "ESC [ … m", or 0.
std::size_t colour_sequence_bytes(std::string_view text) {
  if (!text.starts_with("\x1b[")) return 0;
  const auto end = text.find('m');
  return end == std::string_view::npos ? 0 : end + 1;
}

}  // namespace

std::string visible(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const CodePoint point = first_of(text);
    if (point.value < 0) {
      fmt::format_to(std::back_inserter(out), "\\x{:02x}", static_cast<unsigned char>(text[0]));
    } else if (is_harmful(point.value)) {
      fmt::format_to(std::back_inserter(out), "\\u{{{:x}}}", point.value);
    } else {
      out += text.substr(0, point.bytes);
    }
    text.remove_prefix(point.bytes);
  }
  return out;
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    if (const std::size_t bytes = colour_sequence_bytes(text)) {
      text.remove_prefix(bytes);
      continue;
    }
    const CodePoint point = first_of(text);
    const int columns = point.value < 0 ? 1 : utf8proc_charwidth(point.value);
    if (columns > 0) width += static_cast<std::size_t>(columns);
    text.remove_prefix(point.bytes);
  }
  return width;
}

std::string shortened(std::string_view text, std::size_t width) {
  if (display_width(text) <= width) return std::string(text);
  std::size_t bytes = 0;
  std::size_t columns = 0;
  while (true) {
    const CodePoint point = first_of(text.substr(bytes));
    columns += display_width(text.substr(bytes, point.bytes));
    if (columns + 1 > width) break;  // One column is kept for the ellipsis.
    bytes += point.bytes;
  }
  return std::string(text.substr(0, bytes)) + "…";
}

}  // namespace liggare::tools
