#include "base/json.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <iterator>

#include "base/assertion.h"

namespace liggare {
namespace {

// A code point's place in UTF-16 order: surrogates (from U+10000) sort before U+E000…U+FFFF.
unsigned utf16_rank(unsigned char lead) {
  // Only lead bytes matter for the difference between UTF-8 and UTF-16 order: 0xEE and 0xEF
  // start U+E000…U+FFFF, 0xF0…0xF4 start everything above.
  if (lead >= 0xf0) return lead - 2U;
  if (lead >= 0xee) return lead + 5U;
  return lead;
}

// ECMAScript's Number::toString, which RFC 8785, 3.2.2.3 asks for: the fewest digits that read back
// as the same number, with an exponent only from 1e21 on and below 1e-6; −0 is 0.
void write_number(std::string& out, double number) {
  LIGGARE_ASSERT(std::isfinite(number), "JSON has neither NaN nor infinity");
  if (number == 0) {
    out.push_back('0');
    return;
  }
  if (number < 0) out.push_back('-');
  std::array<char, 32> buffer{};
  const auto written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), std::abs(number),
                                     std::chars_format::scientific);
  const std::string_view shortest(buffer.data(),
                                  static_cast<std::size_t>(written.ptr - buffer.data()));
  const std::size_t mark = shortest.find('e');
  std::string digits(shortest.substr(0, 1));
  if (mark > 2) digits += shortest.substr(2, mark - 2);
  int exponent = 0;
  std::from_chars(shortest.data() + mark + 2, written.ptr, exponent);
  if (shortest[mark + 1] == '-') exponent = -exponent;

  if (exponent < -6 || exponent >= 21) {
    if (digits.size() > 1) digits.insert(1, ".");
    fmt::format_to(std::back_inserter(out), "{}e{:+}", digits, exponent);
  } else if (exponent < 0) {
    out += "0.";
    out.append(static_cast<std::size_t>(-exponent - 1), '0');
    out += digits;
  } else {
    const std::size_t whole = static_cast<std::size_t>(exponent) + 1;
    if (digits.size() > whole) {
      digits.insert(whole, ".");
    } else {
      digits.append(whole - digits.size(), '0');
    }
    out += digits;
  }
}

bool needs_escape(char c) { return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20; }

void append_escaped(std::string& out, char c) {
  constexpr std::string_view plain = "\"\\bfnrt";
  constexpr std::string_view meant = "\"\\\b\f\n\r\t";
  if (const auto found = meant.find(c); found != std::string_view::npos) {
    out.push_back('\\');
    out.push_back(plain[found]);
  } else {
    fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned char>(c));
  }
}

void write(std::string& out, const Json& json, bool sorted);

void write_object(std::string& out, const Json::Object& members, bool sorted) {
  std::vector<const JsonMember*> order;
  order.reserve(members.size());
  for (const JsonMember& member : members) order.push_back(&member);
  if (sorted) {
    std::sort(order.begin(), order.end(), [](const JsonMember* left, const JsonMember* right) {
      return utf16_less(left->first, right->first);
    });
  }
  out.push_back('{');
  for (const JsonMember* member : order) {
    if (member != order.front()) out.push_back(',');
    append_json_string(out, member->first);
    out.push_back(':');
    write(out, member->second, sorted);
  }
  out.push_back('}');
}

void write_array(std::string& out, const Json::Array& elements, bool sorted) {
  out.push_back('[');
  bool first = true;
  for (const Json& element : elements) {
    if (!first) out.push_back(',');
    first = false;
    write(out, element, sorted);
  }
  out.push_back(']');
}

void write(std::string& out, const Json& json, bool sorted) {
  if (const auto* boolean = json.as_bool()) {
    out += *boolean ? "true" : "false";
  } else if (const auto* integer = json.as_integer()) {
    fmt::format_to(std::back_inserter(out), "{}", *integer);
  } else if (const auto* number = json.as_double()) {
    write_number(out, *number);
  } else if (const auto* text = json.as_text()) {
    append_json_string(out, *text);
  } else if (const auto* array = json.as_array()) {
    write_array(out, *array, sorted);
  } else if (const auto* object = json.as_object()) {
    write_object(out, *object, sorted);
  } else {
    out += "null";
  }
}

}  // namespace

Json::Json(std::uint64_t value) : value_(static_cast<std::int64_t>(value)) {
  LIGGARE_ASSERT(*as_integer() >= 0, "a JSON integer of ours is below 2^63");
}

Json Json::list(std::vector<std::string> texts) {
  return Json(Array(std::move_iterator(texts.begin()), std::move_iterator(texts.end())));
}

Json& Json::add(std::string_view key, Json value) & {
  auto* members = std::get_if<Object>(&value_);
  LIGGARE_ASSERT(members != nullptr, "add() to what is no object");
  members->emplace_back(std::string(key), std::move(value));
  return *this;
}

Json& Json::push(Json element) & {
  auto* elements = std::get_if<Array>(&value_);
  LIGGARE_ASSERT(elements != nullptr, "push() to what is no array");
  elements->push_back(std::move(element));
  return *this;
}

const Json* Json::find(std::string_view key) const {
  const Object* members = as_object();
  if (members == nullptr) return nullptr;
  for (const JsonMember& member : *members) {
    if (member.first == key) return &member.second;
  }
  return nullptr;
}

std::string Json::text() const {
  std::string out;
  write(out, *this, false);
  return out;
}

std::string Json::canonical_text() const {
  std::string out;
  write(out, *this, true);
  return out;
}

void append_json_string(std::string& out, std::string_view text) {
  out.push_back('"');
  while (!text.empty()) {
    // What stands for itself goes in as one piece.
    const auto plain = std::find_if(text.begin(), text.end(), needs_escape);
    out.append(text.begin(), plain);
    text.remove_prefix(static_cast<std::size_t>(plain - text.begin()));
    if (text.empty()) break;
    append_escaped(out, text.front());
    text.remove_prefix(1);
  }
  out.push_back('"');
}

bool utf16_less(std::string_view left, std::string_view right) {
  const auto [l, r] = std::mismatch(left.begin(), left.end(), right.begin(), right.end());
  if (r == right.end()) return false;
  if (l == left.end()) return true;
  return utf16_rank(static_cast<unsigned char>(*l)) < utf16_rank(static_cast<unsigned char>(*r));
}

}  // namespace liggare
