// Lists as command lines write them.
#pragma once

#include <string>
#include <vector>

namespace liggare::tools {

// "a,b" is a and b; nothing of an empty text.
std::vector<std::string> words_in(const std::string& list);

}  // namespace liggare::tools
