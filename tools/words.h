// Lists and keys as command lines write them.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "merkle/verifier_key.h"

namespace liggare::tools {

// "a,b" is a and b; nothing of an empty text.
std::vector<std::string> words_in(const std::string& list);

// A verifier key: its text, or "@FILE" that holds it. invalid_argument or not_found.
Result<merkle::VerifierKey> verifier_key_named(const std::string& given);

}  // namespace liggare::tools
