#include "codec/framing.h"

#include <cstdint>
#include <cstring>

namespace liggare::codec {
namespace {

constexpr std::size_t word_bytes = sizeof(capnp::word);
constexpr std::size_t frame_bytes = word_bytes;  // One segment: its count and its size.

}  // namespace

std::string framed(kj::ArrayPtr<const capnp::word> segment) {
  const auto words = static_cast<std::uint32_t>(segment.size());
  std::string bytes(frame_bytes + segment.size() * word_bytes, '\0');
  // Little-endian: segment count less one, then the segment's size in words.
  for (int i = 0; i < 4; ++i)
    bytes[4 + static_cast<std::size_t>(i)] = static_cast<char>(words >> (8 * i) & 0xff);
  std::memcpy(bytes.data() + frame_bytes, segment.begin(), segment.size() * word_bytes);
  return bytes;
}

Result<std::vector<capnp::word>> segment_of(std::string_view bytes) {
  const auto refuse = [] { return fail(ErrorCode::corrupt, "not one whole segment"); };
  if (bytes.size() < frame_bytes || bytes.size() % word_bytes != 0) return refuse();
  std::uint32_t words = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    if (bytes[i] != 0) return refuse();
    words |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[4 + i])) << (8 * i);
  }
  if (bytes.size() != frame_bytes + std::size_t{words} * word_bytes || words == 0) return refuse();
  std::vector<capnp::word> segment(words);
  std::memcpy(segment.data(), bytes.data() + frame_bytes, bytes.size() - frame_bytes);
  return segment;
}

}  // namespace liggare::codec
