// Keys encrypted under another key: a random nonce and the ciphertext after it.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "base/secret.h"
#include "base/secret_file.h"

namespace liggare::vault {

// `associated_data` names what is wrapped, so that it opens in no other place.
std::string wrap(const SecretKey& key, std::string_view associated_data,
                 std::string_view plaintext);
// corrupt unless `wrapped` is what wrap() gave for the same key and associated data.
Result<SecretText> unwrap(const SecretKey& key, std::string_view associated_data,
                          std::string_view wrapped);

}  // namespace liggare::vault
