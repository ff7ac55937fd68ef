#include "base/json.h"

#include <fmt/format.h>

#include <algorithm>

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
    fmt::format_to(std::back_inserter(out), "{}", *number);
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

Json Json::list(const std::vector<std::string>& texts) {
  Json json = array();
  for (const std::string& text : texts) json.push(text);
  return json;
}

Json& Json::add(std::string_view key, Json value) {
  auto* members = std::get_if<Object>(&value_);
  LIGGARE_ASSERT(members != nullptr, "add() to what is no object");
  members->emplace_back(std::string(key), std::move(value));
  return *this;
}

Json& Json::push(Json element) {
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
  for (const char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\b':
        out += "\\b";
        break;
      case '\f':
        out += "\\f";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned char>(c));
        } else {
          out.push_back(c);
        }
    }
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
