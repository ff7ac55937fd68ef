#include <algorithm>
#include <optional>

#include "codec/decoder.h"
#include "tests/fuzz/targets.h"

namespace liggare::fuzz {
namespace {

// More takes a fuzzer's time and finds no more.
constexpr std::size_t text_bytes_max = 4U << 20U;

// All that `packed` unpacks to when it comes in pieces of a size; nothing where it is damaged, ends
// early or is long.
std::optional<std::string> unpacked(std::string_view packed, std::size_t piece_bytes) {
  const auto decoder = codec::decoder_for(packed);
  std::string text;
  while (!packed.empty()) {
    std::string_view piece = packed.substr(0, piece_bytes);
    packed.remove_prefix(piece.size());
    for (std::string told = " "; !told.empty() || !piece.empty();) {
      told.clear();
      if (!decoder->decode(piece, told) || text.size() > text_bytes_max) return std::nullopt;
      LIGGARE_ASSERT(told.size() <= codec::Decoder::output_bytes_max, "a bomb");
      text += told;
    }
  }
  if (!decoder->is_complete()) return std::nullopt;
  return text;
}

}  // namespace

// The first byte says in pieces of what size the others come.
void packed(std::string_view input) {
  const std::string_view bytes = input.substr(std::min<std::size_t>(1, input.size()));
  if (codec::decoder_for(bytes) == nullptr) return;
  const auto whole = unpacked(bytes, bytes.size());
  const auto in_pieces = unpacked(bytes, static_cast<unsigned char>(input.front()) % 64 + 1U);
  // A frame of Zstandard that comes whole is not held to the limit of what is kept between pieces.
  if (whole && in_pieces) LIGGARE_ASSERT(*whole == *in_pieces, "bytes of two meanings");
}

}  // namespace liggare::fuzz
