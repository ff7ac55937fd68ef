#include "base/random.h"

#include <sodium.h>

#include "base/assertion.h"

namespace liggare {
namespace {

void fill(void* bytes, std::size_t size) {
  static const bool ready = sodium_init() >= 0;
  LIGGARE_ASSERT(ready, "libsodium can't start");
  randombytes_buf(bytes, size);
}

}  // namespace

std::string random_bytes(std::size_t size) {
  std::string bytes(size, '\0');
  fill(bytes.data(), bytes.size());
  return bytes;
}

SecretKey random_key() {
  SecretKey key;
  fill(key.data(), key_bytes);
  return key;
}

}  // namespace liggare
