#include "base/secret.h"

#include <openssl/crypto.h>

#include <algorithm>

#include "base/assertion.h"

namespace liggare {

SecretKey::SecretKey(std::string_view bytes) {
  LIGGARE_ASSERT(bytes.size() == key_bytes, "a key has 32 bytes");
  std::copy(bytes.begin(), bytes.end(), bytes_.begin());
}

SecretKey::SecretKey(SecretKey&& other) noexcept : bytes_(other.bytes_) {
  wipe(other.bytes_.data(), other.bytes_.size());
}

SecretKey& SecretKey::operator=(SecretKey&& other) noexcept {
  if (this != &other) {
    bytes_ = other.bytes_;
    wipe(other.bytes_.data(), other.bytes_.size());
  }
  return *this;
}

SecretKey::~SecretKey() { wipe(bytes_.data(), bytes_.size()); }

SecretKey SecretKey::clone() const { return SecretKey(view()); }

void wipe(void* data, std::size_t size) { OPENSSL_cleanse(data, size); }

}  // namespace liggare
