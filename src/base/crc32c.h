// CRC-32C (Castagnoli; RFC 3720, appendix B.4): finds torn and rotten blocks, proves nothing.
#pragma once

#include <cstdint>
#include <string_view>

namespace liggare {

// Of `bytes`, or of what `before` is the sum of with `bytes` after it.
std::uint32_t crc32c(std::string_view bytes, std::uint32_t before = 0);

}  // namespace liggare
