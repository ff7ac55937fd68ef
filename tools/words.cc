#include "tools/words.h"

#include "base/file.h"

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

Result<merkle::VerifierKey> verifier_key_named(const std::string& given) {
  std::string text = given;
  if (given.starts_with('@')) {
    LIGGARE_TRY(text, read_file(given.substr(1)));
    if (text.ends_with('\n')) text.pop_back();
  }
  auto key = merkle::VerifierKey::parse(text);
  if (!key) return fail(ErrorCode::invalid_argument, given + ": " + key.error().message);
  return key;
}

}  // namespace liggare::tools
