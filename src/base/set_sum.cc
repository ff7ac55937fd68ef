#include "base/set_sum.h"

#include <sodium.h>

#include <array>
#include <cstring>

#include "base/random.h"

namespace liggare {

static_assert(crypto_shorthash_siphashx24_KEYBYTES <= key_bytes);
static_assert(crypto_shorthash_siphashx24_BYTES == 2 * sizeof(std::uint64_t));

SetSum& SetSum::operator+=(const SetSum& other) {
  count += other.count;
  high += other.high;
  low += other.low;
  return *this;
}

SetHash::SetHash() : key_(random_key()) {}

SetSum SetHash::of(std::string_view element) const {
  std::array<std::uint64_t, 2> halves{};
  crypto_shorthash_siphashx24(reinterpret_cast<unsigned char*>(halves.data()),
                              reinterpret_cast<const unsigned char*>(element.data()),
                              element.size(), key_.data());
  return {1, halves[0], halves[1]};
}

}  // namespace liggare
