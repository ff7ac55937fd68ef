// HKDF with SHA-256 (RFC 5869).
#pragma once

#include <initializer_list>
#include <span>
#include <string_view>

#include "base/secret.h"

namespace liggare::sealing {

// The pseudorandom key (RFC 5869, 2.2).
SecretKey hkdf_extract(std::string_view salt, std::string_view input_key_material);

// Fills `out` from the pseudorandom key; the parts of `info` are joined (RFC 5869, 2.3).
// Requires out.size() ≤ 255·32.
void hkdf_expand(const SecretKey& pseudorandom_key, std::initializer_list<std::string_view> info,
                 std::span<unsigned char> out);

// 32 bytes of the same.
SecretKey hkdf_expand(const SecretKey& pseudorandom_key,
                      std::initializer_list<std::string_view> info);

}  // namespace liggare::sealing
