#include "tools/phrase.h"

#include <algorithm>

#include "base/assertion.h"
#include "tools/display_text.h"

namespace liggare::tools {
namespace {

struct Hole {
  std::size_t start = std::string_view::npos;
  std::size_t length = 0;
  std::size_t value = 0;
  bool takes_all = false;
};

Hole next_hole(std::string_view text) {
  const std::size_t start = text.find('{');
  if (start == std::string_view::npos) return {};
  const std::size_t end = text.find('}', start);
  LIGGARE_ASSERT(end != std::string_view::npos && end > start + 1, "a hole that is not closed");
  const char digit = text[start + 1];
  LIGGARE_ASSERT(digit >= '0' && digit <= '9', "a hole without a number");
  return {start, end + 1 - start, static_cast<std::size_t>(digit - '0'), text[end - 1] == '*'};
}

std::string shown(const std::vector<std::string>& values, const Hole& hole) {
  LIGGARE_ASSERT(hole.value < values.size(), "a phrase that lacks a value");
  std::string text = visible(values[hole.value]);
  if (!hole.takes_all) return text;
  for (std::size_t i = hole.value + 1; i < values.size(); ++i) text += ", " + visible(values[i]);
  return text;
}

std::string_view form_for(const Phrase& phrase, Language language,
                          const std::vector<std::string>& values) {
  const Wording& wording = phrase.in(language);
  if (phrase.counted == counts_nothing) return wording.many;
  LIGGARE_ASSERT(phrase.counted < values.size(), "a phrase that counts a value it lacks");
  const std::string& number = values[phrase.counted];
  if (number == "1" && !wording.one.empty()) return wording.one;
  if (number == "0" && !wording.none.empty()) return wording.none;
  return wording.many;
}

}  // namespace

std::size_t value_count(const Phrase& phrase) {
  std::size_t count = 0;
  std::string_view rest = phrase.english.many;
  for (Hole hole = next_hole(rest); hole.length > 0; hole = next_hole(rest)) {
    count = std::max(count, hole.value + 1);
    rest.remove_prefix(hole.start + hole.length);
  }
  return count;
}

std::string filled(Language language, const Phrase& phrase,
                   const std::vector<std::string>& values) {
  LIGGARE_ASSERT(values.size() >= value_count(phrase), "a phrase that lacks a value");
  std::string text;
  std::string_view rest = form_for(phrase, language, values);
  for (Hole hole = next_hole(rest); hole.length > 0; hole = next_hole(rest)) {
    text += std::string(rest.substr(0, hole.start)) + shown(values, hole);
    rest.remove_prefix(hole.start + hole.length);
  }
  return text + std::string(rest);
}

}  // namespace liggare::tools
