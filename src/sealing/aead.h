// XChaCha20-Poly1305 (libsodium): the one cipher of sections and of wrapped keys.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/secret.h"

namespace liggare::sealing {

inline constexpr std::size_t nonce_bytes = 24;
inline constexpr std::size_t tag_bytes = 16;

// What stands around a ciphertext: both sides must know it.
struct Envelope {
  std::string_view nonce;            // nonce_bytes; never twice with one key.
  std::string_view associated_data;  // Authenticated, not encrypted.
};

// The ciphertext with its tag: plaintext.size() + tag_bytes.
std::string encrypt(const SecretKey& key, const Envelope& envelope, std::string_view plaintext);
// corrupt unless the ciphertext is authentic under key and envelope.
Result<std::string> decrypt(const SecretKey& key, const Envelope& envelope,
                            std::string_view ciphertext);

}  // namespace liggare::sealing
