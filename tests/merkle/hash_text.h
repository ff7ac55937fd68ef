// Reading hashes from vectors, some of which are malformed on purpose.
#pragma once

#include <string_view>

#include "base/bytes.h"
#include "base/sha256.h"

namespace liggare::merkle {

// invalid_argument unless `hex` spells exactly 32 bytes.
inline Result<Hash> hash_from_hex(std::string_view hex) {
  LIGGARE_TRY(const std::string bytes, from_hex(hex));
  if (bytes.size() != hash_bytes) return fail(ErrorCode::invalid_argument, "not 32 bytes");
  return Hash::from(bytes);
}

}  // namespace liggare::merkle
