// Byte strings and their text forms.
//
// Bytes are kept in std::string: RocksDB, OpenSSL and the filesystem all take it without a copy.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace liggare {

// Lower-case hexadecimal.
std::string to_hex(std::string_view bytes);
// invalid_argument unless `text` is lower-case hexadecimal of even length.
Result<std::string> from_hex(std::string_view text);

// Standard base64 with padding (RFC 4648, section 4).
std::string to_base64(std::string_view bytes);
// invalid_argument on other characters, missing padding, or non-zero trailing bits
// (evidence, section 8).
Result<std::string> from_base64(std::string_view text);

// Big-endian integers, appended to `out`.
void put_u16(std::string& out, std::uint16_t value);
void put_u32(std::string& out, std::uint32_t value);
void put_u64(std::string& out, std::uint64_t value);
// Require bytes.size() ≥ 2, 4 and 8.
std::uint16_t get_u16(std::string_view bytes);
std::uint32_t get_u32(std::string_view bytes);
std::uint64_t get_u64(std::string_view bytes);

}  // namespace liggare
