// Messages of the layers below, which are in English, in Swedish.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace liggare::tools {

// Nothing where it is not known.
std::optional<std::string> find_swedish_message(std::string_view message);

// A message that is not known becomes a word that it is to be had in English.
std::string swedish_message(std::string_view message);

}  // namespace liggare::tools
