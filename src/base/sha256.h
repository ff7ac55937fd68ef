// SHA-256 through OpenSSL, with the algorithm fetched once and one context per thread.
#pragma once

#include <array>
#include <initializer_list>
#include <string_view>

namespace liggare {

inline constexpr std::size_t hash_bytes = 32;

// A SHA-256 value; ordered bytewise.
struct Hash {
  std::array<unsigned char, hash_bytes> bytes{};

  std::string_view view() const {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  }
  // Requires text.size() == hash_bytes.
  static Hash from(std::string_view text);
  auto operator<=>(const Hash&) const = default;
};

// The hash of `parts` joined. Thread-safe.
Hash sha256(std::initializer_list<std::string_view> parts);

// HMAC-SHA-256 (RFC 2104) of `parts` joined, under `key`. Thread-safe.
Hash hmac_sha256(std::string_view key, std::initializer_list<std::string_view> parts);

}  // namespace liggare
