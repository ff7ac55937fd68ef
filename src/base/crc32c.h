// CRC-32C (Castagnoli; RFC 3720, appendix B.4): finds torn and rotten blocks, proves nothing.
#pragma once

#include <cstdint>
#include <string_view>

namespace liggare {

std::uint32_t crc32c(std::string_view bytes);

}  // namespace liggare
