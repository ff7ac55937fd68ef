#include "base/short_hash.h"

#include <sodium.h>

#include <array>

#include "base/bytes.h"

namespace liggare {
namespace {

// That of the authors' own test vectors.
constexpr std::array<unsigned char, crypto_shorthash_siphash24_KEYBYTES> key{
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

}  // namespace

std::uint64_t short_hash(std::string_view bytes) {
  std::array<char, crypto_shorthash_siphash24_BYTES> hash{};
  crypto_shorthash_siphash24(reinterpret_cast<unsigned char*>(hash.data()),
                             reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                             key.data());
  return get_u64({hash.data(), hash.size()});
}

}  // namespace liggare
