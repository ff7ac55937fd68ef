// Verifier keys as command lines give them: the key itself, or a file that holds it.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "merkle/verifier_key.h"

namespace liggare::audit {

// That `given`, what `option` was given, may be "KEY" or "@FILE": invalid_argument where nothing is
// named, and where the @ before a file's name was forgotten.
Result<void> check_given_key(std::string_view option, const std::string& given);

// The key that "KEY" or "@FILE" stands for. invalid_argument as above and as
// merkle::parse_key_file(), not_found and io for the file; all name the file.
Result<merkle::VerifierKey> read_given_key(std::string_view option, const std::string& given);

}  // namespace liggare::audit
