#include "tests/fuzz/framed.h"

#include <cstdint>

namespace liggare::fuzz {

std::string framed(std::string_view input) {
  constexpr std::size_t word_bytes = 8;
  std::string bytes(input);
  bytes.resize((input.size() + word_bytes - 1) / word_bytes * word_bytes);
  if (bytes.empty()) return bytes;
  // One segment less one, then its words, little-endian (schema/README.md).
  const auto words = static_cast<std::uint32_t>(bytes.size() / word_bytes - 1);
  for (std::size_t i = 0; i < word_bytes; ++i) {
    bytes[i] = i < 4 ? '\0' : static_cast<char>(words >> (8 * (i - 4)) & 0xff);
  }
  return bytes;
}

}  // namespace liggare::fuzz
