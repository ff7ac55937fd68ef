#include "sealing/hkdf.h"

#include <algorithm>
#include <string>

#include "base/assertion.h"
#include "base/sha256.h"

namespace liggare::sealing {

SecretKey hkdf_extract(std::string_view salt, std::string_view input_key_material) {
  Hash hash = hmac_sha256(salt, {input_key_material});
  SecretKey key(hash.view());
  wipe(hash.bytes.data(), hash.bytes.size());
  return key;
}

void hkdf_expand(const SecretKey& pseudorandom_key, std::initializer_list<std::string_view> info,
                 std::span<unsigned char> out) {
  LIGGARE_ASSERT(out.size() <= 255 * hash_bytes, "HKDF gives 255 blocks at most");
  std::string joined;
  for (const std::string_view part : info) joined += part;
  Hash block;
  std::string_view previous;
  for (unsigned number = 1; !out.empty(); ++number) {
    const char counter = static_cast<char>(number);
    block = hmac_sha256(pseudorandom_key.view(), {previous, joined, {&counter, 1}});
    previous = block.view();
    const std::size_t taken = std::min(out.size(), hash_bytes);
    std::copy_n(block.bytes.begin(), taken, out.begin());
    out = out.subspan(taken);
  }
  wipe(block.bytes.data(), block.bytes.size());
}

SecretKey hkdf_expand(const SecretKey& pseudorandom_key,
                      std::initializer_list<std::string_view> info) {
  SecretKey key;
  hkdf_expand(pseudorandom_key, info, {key.data(), key_bytes});
  return key;
}

}  // namespace liggare::sealing
