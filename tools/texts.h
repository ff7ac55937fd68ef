// What tables say, in Swedish and in English. JSON keys and codes are never translated.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace liggare::tools {

enum class Language { english, swedish };

// "sv…" in the first of LC_ALL, LC_MESSAGES and LANG that is set gives Swedish, else English.
Language language_of_environment();
std::optional<Language> language_named(std::string_view name);

// One text in both languages, so that neither catalogue can lack a key of the other.
struct Text {
  std::string_view key;  // "column.free", "word.red", "report.places", "line.heading"
  std::string_view english;
  std::string_view swedish;
};
std::span<const Text> catalogue();

std::optional<std::string_view> find_text(Language language, std::string_view key);
// Requires a key of the catalogue.
std::string_view text_of(Language language, std::string_view key);
// A column's title; the key itself where the catalogue has none.
std::string_view title_of(Language language, std::string_view column);

}  // namespace liggare::tools
