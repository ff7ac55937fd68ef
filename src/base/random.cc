#include "base/random.h"

#include <pthread.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstring>

#include "base/assertion.h"

namespace liggare {
namespace {

// How many times this process has been copied by fork(): its copies must not draw the same bytes.
std::atomic<unsigned> copies{0};

bool start() {
  const bool counted = ::pthread_atfork(nullptr, nullptr, [] {
                         copies.fetch_add(1, std::memory_order_relaxed);
                       }) == 0;
  return counted && sodium_init() >= 0;
}

// Drawn from the system in one call for many small uses, since the call costs more than sealing a
// section. What was given out is gone from here. Not for keys: what a key is made of is nowhere
// before the key is.
class Pool {
 public:
  ~Pool() {
    sodium_memzero(bytes_.data(), bytes_.size());
    left_ = 0;
  }

  void take(unsigned char* out, std::size_t size) {
    if (size > bytes_.size() / 4) return randombytes_buf(out, size);
    const unsigned copy = copies.load(std::memory_order_relaxed);
    if (left_ < size || copy_ != copy) {
      randombytes_buf(bytes_.data(), bytes_.size());
      left_ = bytes_.size();
      copy_ = copy;
    }
    left_ -= size;
    std::memcpy(out, bytes_.data() + left_, size);
    sodium_memzero(bytes_.data() + left_, size);
  }

 private:
  std::array<unsigned char, 1'024> bytes_{};
  std::size_t left_ = 0;
  unsigned copy_ = 0;
};

void require_source() {
  static const bool ready = start();
  LIGGARE_ASSERT(ready, "no source of random bytes");
}

}  // namespace

std::string random_bytes(std::size_t size) {
  require_source();
  thread_local Pool pool;
  std::string bytes(size, '\0');
  pool.take(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size());
  return bytes;
}

SecretKey random_key() {
  require_source();
  SecretKey key;
  randombytes_buf(key.data(), key_bytes);
  return key;
}

}  // namespace liggare
