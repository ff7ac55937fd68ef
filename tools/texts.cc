#include "tools/texts.h"

#include <cstdlib>
#include <unordered_map>
#include <vector>

#include "base/assertion.h"
#include "tools/text_catalogues.h"

namespace liggare::tools {
namespace {

const std::vector<Text>& texts() {
  static const std::vector<Text> all = [] {
    std::vector<Text> made;
    for (const auto& theme :
         {report_texts(), line_texts(), column_texts(), word_texts(), safekeeping_texts()}) {
      made.insert(made.end(), theme.begin(), theme.end());
    }
    return made;
  }();
  return all;
}

using Index = std::unordered_map<std::string_view, const Text*>;

const Index& index() {
  static const Index by_key = [] {
    Index made;
    for (const Text& text : texts()) made.emplace(text.key, &text);
    return made;
  }();
  return by_key;
}

}  // namespace

Language language_of_environment() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    const std::string_view locale = value;
    const bool swedish =
        locale.starts_with("sv") && (locale.size() == 2 || locale[2] == '_' || locale[2] == '.');
    return swedish ? Language::swedish : Language::english;
  }
  return Language::english;
}

std::optional<Language> language_named(std::string_view name) {
  if (name == "sv") return Language::swedish;
  if (name == "en") return Language::english;
  return std::nullopt;
}

std::span<const Text> catalogue() { return texts(); }

std::optional<std::string_view> find_text(Language language, std::string_view key) {
  const auto found = index().find(key);
  if (found == index().end()) return std::nullopt;
  return language == Language::swedish ? found->second->swedish : found->second->english;
}

std::string_view text_of(Language language, std::string_view key) {
  const auto found = find_text(language, key);
  LIGGARE_ASSERT(found.has_value(), "a text that the catalogue lacks");
  return *found;
}

std::string_view title_of(Language language, std::string_view column) {
  return find_text(language, "column." + std::string(column)).value_or(column);
}

}  // namespace liggare::tools
