#include "tools/words.h"

#include <algorithm>

namespace liggare::tools {

std::vector<std::string> words_in(const std::string& list) {
  std::vector<std::string> words;
  for (std::size_t start = 0; start < list.size();) {
    const std::size_t end = std::min(list.find(',', start), list.size());
    if (end > start) words.push_back(list.substr(start, end - start));
    start = end + 1;
  }
  return words;
}

}  // namespace liggare::tools
