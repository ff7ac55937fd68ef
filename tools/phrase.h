// Texts with holes for values, in Swedish and in English, in the form that a number asks for.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "tools/texts.h"

namespace liggare::tools {

// A text in one language. "{0}" stands for the first value; "{1*}" for all from the second on.
struct Wording {
  std::string_view many;
  std::string_view one = {};   // Where the counted value is 1; empty: as `many`.
  std::string_view none = {};  // Where it is 0; empty: it never is.
};

constexpr std::size_t counts_nothing = static_cast<std::size_t>(-1);

struct Phrase {
  Wording english;
  Wording swedish;
  std::size_t counted = counts_nothing;  // Which value is the number that the forms go by.

  const Wording& in(Language language) const {
    return language == Language::swedish ? swedish : english;
  }
};

// How many values the phrase has at least, by its English form.
std::size_t value_count(const Phrase& phrase);

// The phrase with its values, harmful characters escaped. Requires value_count() values, and more
// only where the phrase takes all.
std::string filled(Language language, const Phrase& phrase, const std::vector<std::string>& values);

}  // namespace liggare::tools
