#include "vault/wrapping.h"

#include <utility>

#include "base/random.h"
#include "sealing/aead.h"

namespace liggare::vault {

std::string wrap(const SecretKey& key, std::string_view associated_data,
                 std::string_view plaintext) {
  const std::string nonce = random_bytes(sealing::nonce_bytes);
  return nonce + sealing::encrypt(key, {nonce, associated_data}, plaintext);
}

Result<SecretText> unwrap(const SecretKey& key, std::string_view associated_data,
                          std::string_view wrapped) {
  if (wrapped.size() < sealing::nonce_bytes) {
    return fail(ErrorCode::corrupt, "a wrapped key is too short");
  }
  LIGGARE_TRY(std::string plaintext,
              sealing::decrypt(key, {wrapped.substr(0, sealing::nonce_bytes), associated_data},
                               wrapped.substr(sealing::nonce_bytes)));
  return SecretText(std::move(plaintext));
}

}  // namespace liggare::vault
