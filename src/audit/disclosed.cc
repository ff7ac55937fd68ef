#include "audit/disclosed.h"

#include <optional>
#include <tuple>

#include "audit/bundle_format.h"
#include "base/assertion.h"
#include "base/bytes.h"
#include "base/secret.h"
#include "merkle/plain_text.h"

namespace liggare::audit {
namespace {

constexpr std::string_view before_position = R"({"position":)";
constexpr std::string_view before_class = R"(,"class":")";
constexpr std::string_view before_key = R"(","key":")";
constexpr std::string_view before_clear = R"(","clear":)";

bool is_before(const DisclosedSection& left, const DisclosedSection& right) {
  return std::tie(left.position, left.personal_class) <
         std::tie(right.position, right.personal_class);
}

bool takes_off(std::string_view& text, std::string_view beginning) {
  if (!text.starts_with(beginning)) return false;
  text.remove_prefix(beginning.size());
  return true;
}

// What stands before `end`; takes both off.
std::optional<std::string_view> take_until(std::string_view& text, std::string_view end) {
  const std::size_t length = text.find(end);
  if (length == std::string_view::npos) return std::nullopt;
  const std::string_view taken = text.substr(0, length);
  text.remove_prefix(length + end.size());
  return taken;
}

std::optional<DisclosedSection> section_in(std::string_view line) {
  if (!takes_off(line, before_position)) return std::nullopt;
  const auto position_text = take_until(line, before_class);
  const auto class_text = take_until(line, before_key);
  const auto key_text = take_until(line, before_clear);
  if (!position_text || !class_text || !key_text) return std::nullopt;
  const auto position = merkle::parse_decimal(*position_text);
  const auto personal_class = personal_class_named(*class_text);
  const auto key = from_base64(*key_text);
  if (!position || !personal_class || !key || key->size() != key_bytes) return std::nullopt;
  // "{…}" and the brace that ends the line.
  if (line.size() < 3 || line.front() != '{' || !line.ends_with("}}")) return std::nullopt;
  line.remove_suffix(1);
  return DisclosedSection{*position, *personal_class, *key, std::string(line)};
}

}  // namespace

std::string print_disclosed(std::span<const DisclosedSection> sections) {
  std::string text;
  const DisclosedSection* last = nullptr;
  for (const DisclosedSection& section : sections) {
    LIGGARE_ASSERT(section.key.size() == key_bytes, "a section's key has 32 bytes");
    LIGGARE_ASSERT(last == nullptr || is_before(*last, section), "sections in their order");
    last = &section;
    text += before_position;
    text += std::to_string(section.position);
    text += before_class;
    text += name_of(section.personal_class);
    text += before_key;
    text += to_base64(section.key);
    text += before_clear;
    text += section.clear + "}\n";
  }
  return text;
}

Checked<std::vector<DisclosedSection>> parse_disclosed(std::string_view text) {
  std::vector<DisclosedSection> sections;
  const auto differs = [&](Circumstance why) {
    return refuse(Reason::disclosed_differs, {std::string(disclosed_name), sections.size() + 1},
                  {why, {}});
  };
  while (const auto line = merkle::take_line(text)) {
    auto section = section_in(*line);
    if (!section) return differs(Circumstance::no_disclosed_section);
    if (!sections.empty() && !is_before(sections.back(), *section)) {
      return differs(Circumstance::section_out_of_order);
    }
    sections.push_back(*std::move(section));
  }
  if (!text.empty() || sections.empty()) return differs(Circumstance::no_disclosed_section);
  return sections;
}

}  // namespace liggare::audit
