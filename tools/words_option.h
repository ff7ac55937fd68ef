// Options that take words of a closed enumeration.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "domain/vocabulary.h"
#include "tools/words.h"

namespace liggare::tools {

// "oral|letter|copy": for help.
template <domain::Enumeration Enum>
std::string words_of() {
  std::string words;
  for (const std::string_view word : domain::Words<Enum>::values) {
    words.append(words.empty() ? "" : "|").append(word);
  }
  return words;
}

// invalid_argument, naming the words that there are.
template <domain::Enumeration Enum>
Result<Enum> word_given(const std::string& option, const std::string& text) {
  if (const auto value = domain::from_word<Enum>(text)) return *value;
  return fail(ErrorCode::invalid_argument,
              option + " takes " + words_of<Enum>() + ", not \"" + text + "\"");
}

// A list, "a,b", of at least one.
template <domain::Enumeration Enum>
Result<std::vector<Enum>> words_given(const std::string& option, const std::string& text) {
  std::vector<Enum> values;
  for (const std::string& word : words_in(text)) {
    LIGGARE_TRY(const Enum value, word_given<Enum>(option, word));
    values.push_back(value);
  }
  if (!values.empty()) return values;
  return fail(ErrorCode::invalid_argument, option + " takes one or more of " + words_of<Enum>());
}

}  // namespace liggare::tools
