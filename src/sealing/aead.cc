#include "sealing/aead.h"

#include <sodium.h>

#include "base/assertion.h"

namespace liggare::sealing {
namespace {

static_assert(nonce_bytes == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
static_assert(tag_bytes == crypto_aead_xchacha20poly1305_ietf_ABYTES);
static_assert(key_bytes == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

// libsodium picks its fastest implementations there; calling it again is allowed and does nothing.
void start_library() {
  static const bool ready = sodium_init() >= 0;
  LIGGARE_ASSERT(ready, "libsodium can't start");
}

}  // namespace

std::string encrypt(const SecretKey& key, const Envelope& envelope, std::string_view plaintext) {
  LIGGARE_ASSERT(envelope.nonce.size() == nonce_bytes, "a nonce has 24 bytes");
  start_library();
  std::string ciphertext(plaintext.size() + tag_bytes, '\0');
  crypto_aead_xchacha20poly1305_ietf_encrypt(bytes_of(ciphertext), nullptr, bytes_of(plaintext),
                                             plaintext.size(), bytes_of(envelope.associated_data),
                                             envelope.associated_data.size(), nullptr,
                                             bytes_of(envelope.nonce), key.data());
  return ciphertext;
}

Result<std::string> decrypt(const SecretKey& key, const Envelope& envelope,
                            std::string_view ciphertext) {
  LIGGARE_ASSERT(envelope.nonce.size() == nonce_bytes, "a nonce has 24 bytes");
  if (ciphertext.size() < tag_bytes) return fail(ErrorCode::corrupt, "a ciphertext is too short");
  start_library();
  std::string plaintext(ciphertext.size() - tag_bytes, '\0');
  const int outcome = crypto_aead_xchacha20poly1305_ietf_decrypt(
      bytes_of(plaintext), nullptr, nullptr, bytes_of(ciphertext), ciphertext.size(),
      bytes_of(envelope.associated_data), envelope.associated_data.size(), bytes_of(envelope.nonce),
      key.data());
  if (outcome != 0) return fail(ErrorCode::corrupt, "a ciphertext is not authentic");
  return plaintext;
}

}  // namespace liggare::sealing
