#include "merkle/plain_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

namespace liggare::merkle {
namespace {

unsigned char byte_at(std::string_view text, std::size_t index) {
  return static_cast<unsigned char>(text[index]);
}

// How a code point of so many bytes begins, and the smallest that needs them.
struct Form {
  unsigned char mask;
  unsigned char lead;
  char32_t smallest;
};
constexpr std::array<Form, 4> forms = {
    {{0x80, 0x00, 0}, {0xe0, 0xc0, 0x80}, {0xf0, 0xe0, 0x800}, {0xf8, 0xf0, 0x10000}}};

bool is_scalar(char32_t code) { return code <= 0x10ffff && (code < 0xd800 || code > 0xdfff); }

// The code point that `rest` begins with; nothing where it is no UTF-8. Requires one byte or more.
std::optional<char32_t> take_code_point(std::string_view& rest) {
  const unsigned char first = byte_at(rest, 0);
  const auto form = std::find_if(forms.begin(), forms.end(), [first](const Form& candidate) {
    return (first & candidate.mask) == candidate.lead;
  });
  const auto size = static_cast<std::size_t>(form - forms.begin()) + 1;
  if (form == forms.end() || rest.size() < size) return std::nullopt;
  auto code = static_cast<char32_t>(first & static_cast<unsigned char>(~form->mask));
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte_at(rest, i) & 0xc0) != 0x80) return std::nullopt;
    code = code << 6 | (byte_at(rest, i) & 0x3fU);
  }
  if (code < form->smallest || !is_scalar(code)) return std::nullopt;
  rest.remove_prefix(size);
  return code;
}

// Unicode's White_Space property.
bool is_space(char32_t code) {
  return (code >= 0x09 && code <= 0x0d) || code == 0x20 || code == 0x85 || code == 0xa0 ||
         code == 0x1680 || (code >= 0x2000 && code <= 0x200a) || code == 0x2028 || code == 0x2029 ||
         code == 0x202f || code == 0x205f || code == 0x3000;
}

}  // namespace

bool is_note_text(std::string_view text) {
  while (!text.empty()) {
    const auto code = take_code_point(text);
    if (!code || (*code < 0x20 && *code != '\n')) return false;
  }
  return true;
}

bool has_space(std::string_view text) {
  while (!text.empty()) {
    const auto code = take_code_point(text);
    LIGGARE_ASSERT(code, "a text that nobody has checked");
    if (is_space(*code)) return true;
  }
  return false;
}

std::optional<std::string_view> take_line(std::string_view& rest) {
  const std::size_t end = rest.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end + 1);
  return line;
}

Result<std::uint64_t> parse_decimal(std::string_view text) {
  constexpr auto largest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool is_number = error == std::errc{} && end == text.data() + text.size();
  const bool has_leading_zero = text.size() > 1 && text.front() == '0';
  if (!is_number || has_leading_zero || value > largest) {
    return fail(ErrorCode::invalid_argument, "not a decimal below 2^63 without leading zeros");
  }
  return value;
}

}  // namespace liggare::merkle
