#include "base/bytes.h"

namespace liggare {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";
constexpr std::string_view base64_digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::uint32_t byte_at(std::string_view bytes, std::size_t index) {
  return static_cast<unsigned char>(bytes[index]);
}

char byte_of(std::uint64_t value) { return static_cast<char>(value & 0xff); }

template <class Integer>
void put_big_endian(std::string& out, Integer value) {
  for (int shift = 8 * (static_cast<int>(sizeof(Integer)) - 1); shift >= 0; shift -= 8) {
    out.push_back(byte_of(static_cast<std::uint64_t>(value) >> shift));
  }
}

}  // namespace

std::string to_hex(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size() * 2);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    text.push_back(hex_digits[byte_at(bytes, i) >> 4]);
    text.push_back(hex_digits[byte_at(bytes, i) & 15]);
  }
  return text;
}

Result<std::string> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) return fail(ErrorCode::invalid_argument, "hex of odd length");
  std::string bytes;
  bytes.reserve(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const auto high = hex_digits.find(text[i]);
    const auto low = hex_digits.find(text[i + 1]);
    if (high == std::string_view::npos || low == std::string_view::npos) {
      return fail(ErrorCode::invalid_argument, "not lower-case hex");
    }
    bytes.push_back(byte_of(high << 4 | low));
  }
  return bytes;
}

std::string to_base64(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t left = bytes.size() - i;
    std::uint32_t group = byte_at(bytes, i) << 16;
    if (left > 1) group |= byte_at(bytes, i + 1) << 8;
    if (left > 2) group |= byte_at(bytes, i + 2);
    text.push_back(base64_digits[group >> 18]);
    text.push_back(base64_digits[group >> 12 & 63]);
    text.push_back(left > 1 ? base64_digits[group >> 6 & 63] : '=');
    text.push_back(left > 2 ? base64_digits[group & 63] : '=');
  }
  return text;
}

Result<std::string> from_base64(std::string_view text) {
  const auto refuse = [] { return fail(ErrorCode::invalid_argument, "not standard base64"); };
  if (text.size() % 4 != 0) return refuse();
  std::size_t padding = 0;
  while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;
  std::string bytes;
  // At once: a key's bytes must not lie about in buffers that were outgrown.
  bytes.reserve(text.size() / 4 * 3);
  std::uint32_t group = 0;
  int bits = 0;
  for (const char c : text.substr(0, text.size() - padding)) {
    const auto digit = base64_digits.find(c);
    if (digit == std::string_view::npos) return refuse();
    group = (group << 6 | static_cast<std::uint32_t>(digit)) & 0xffffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes.push_back(byte_of(group >> bits));
    }
  }
  if ((group & ((1U << bits) - 1)) != 0) return refuse();
  return bytes;
}

void put_u16(std::string& out, std::uint16_t value) { put_big_endian(out, value); }
void put_u32(std::string& out, std::uint32_t value) { put_big_endian(out, value); }
void put_u64(std::string& out, std::uint64_t value) { put_big_endian(out, value); }

std::uint16_t get_u16(std::string_view bytes) {
  LIGGARE_ASSERT(bytes.size() >= 2, "too few bytes for an integer");
  return static_cast<std::uint16_t>(byte_at(bytes, 0) << 8 | byte_at(bytes, 1));
}

std::uint32_t get_u32(std::string_view bytes) {
  LIGGARE_ASSERT(bytes.size() >= 4, "too few bytes for an integer");
  return byte_at(bytes, 0) << 24 | byte_at(bytes, 1) << 16 | byte_at(bytes, 2) << 8 |
         byte_at(bytes, 3);
}

std::uint64_t get_u64(std::string_view bytes) {
  LIGGARE_ASSERT(bytes.size() >= 8, "too few bytes for an integer");
  return static_cast<std::uint64_t>(get_u32(bytes)) << 32 | get_u32(bytes.substr(4));
}

}  // namespace liggare
