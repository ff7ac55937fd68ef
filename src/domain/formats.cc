#include "domain/formats.h"

#include <algorithm>

#include "domain/person_number.h"

namespace liggare::domain {
namespace {

bool is_alphanumeric(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool is_hex_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool consists_of(std::string_view text, std::string_view punctuation) {
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [&](char c) {
    return is_alphanumeric(c) || punctuation.find(c) != std::string_view::npos;
  });
}

}  // namespace

bool is_id(std::string_view text) { return consists_of(text, "._-"); }

bool is_event_id(std::string_view text) { return consists_of(text, "._:-"); }

bool is_actor(std::string_view text) {
  const auto slash = text.find('/');
  if (slash == std::string_view::npos) return false;
  const std::string_view kind = text.substr(0, slash);
  return (kind == "staff" || kind == "system") && is_id(text.substr(slash + 1));
}

std::optional<std::string> staff_id(std::string_view actor) {
  constexpr std::string_view staff = "staff/";
  if (!actor.starts_with(staff)) return std::nullopt;
  return std::string(actor.substr(staff.size()));
}

bool is_digest(std::string_view text) {
  return text.size() == 64 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

bool is_uri_reference(std::string_view text) {
  constexpr std::string_view allowed = "-._~:/?#[]@!$&'()*+,;=";
  if (text.empty()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      if (i + 2 >= text.size() || !is_hex_digit(text[i + 1]) || !is_hex_digit(text[i + 2])) {
        return false;
      }
      i += 2;
    } else if (!is_alphanumeric(text[i]) && allowed.find(text[i]) == std::string_view::npos) {
      return false;
    }
  }
  return std::count(text.begin(), text.end(), '#') <= 1;
}

bool has_format(std::string_view text, Format format) {
  if (format == Format::digest) return is_digest(text);
  if (contains_person_number(text)) return false;
  switch (format) {
    case Format::id:
    case Format::code:
      return is_id(text);
    case Format::event_id:
      return is_event_id(text);
    default:
      return !text.empty();
  }
}

}  // namespace liggare::domain
