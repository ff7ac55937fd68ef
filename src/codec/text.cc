#include "codec/text.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

namespace liggare::codec {
namespace {

enum class Breaks { refused, allowed };

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool has_control(std::string_view text, Breaks breaks) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (breaks == Breaks::allowed && (byte == '\n' || byte == '\t')) continue;
    if (byte < 0x20 || byte == 0x7f) return true;
    // U+0080…U+009F, the C1 controls, are C2 80 … C2 9F.
    if (byte == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0) {
      return true;
    }
  }
  return false;
}

bool is_nfc(std::string_view text) {
  if (is_ascii(text)) return true;
  utf8proc_uint8_t* composed = nullptr;
  const auto size =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                   static_cast<utf8proc_ssize_t>(text.size()), &composed,
                   static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(composed, &std::free);
  return size >= 0 && text == std::string_view(reinterpret_cast<const char*>(composed),
                                               static_cast<std::size_t>(size));
}

}  // namespace

bool is_plain_text(std::string_view text) {
  return !has_control(text, Breaks::refused) && is_nfc(text);
}

bool is_personal_text(std::string_view text) {
  return !has_control(text, Breaks::allowed) && is_nfc(text);
}

}  // namespace liggare::codec
