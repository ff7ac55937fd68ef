// What a decoder gives at a time, however much its bytes unpack to.
#include "codec/decoder.h"

#include <gtest/gtest.h>

#include "tests/codec/packing.h"

namespace liggare::codec {
namespace {

// What `packed` unpacks to, when it comes in pieces of a size.
std::string unpacked(const std::string& packed, std::size_t piece_bytes) {
  const auto decoder = decoder_for(packed);
  std::string all;
  for (std::size_t at = 0; at < packed.size(); at += piece_bytes) {
    std::string_view piece = std::string_view(packed).substr(at, piece_bytes);
    std::string told;
    do {
      told.clear();
      EXPECT_TRUE(decoder->decode(piece, told));
      EXPECT_LE(told.size(), Decoder::output_bytes_max);
      all += told;
    } while (!told.empty() || !piece.empty());
  }
  EXPECT_TRUE(decoder->is_complete());
  return all;
}

TEST(Decoder, GivesABombInPieces) {
  const std::string text(64U << 20U, 'x');
  for (const auto pack : {&gzipped, &zstandard}) {
    const std::string bomb = pack(text);
    ASSERT_LT(bomb.size(), text.size() / 500);
    EXPECT_TRUE(unpacked(bomb, bomb.size()) == text);
    EXPECT_TRUE(unpacked(bomb, 1'000) == text);
  }
}

TEST(Decoder, GivesTheSameHoweverItsBytesCome) {
  for (const auto pack : {&gzipped, &zstandard}) {
    const std::string packed = pack("a\nb") + pack("") + pack("c") + pack("");
    for (std::size_t piece_bytes = 1; piece_bytes <= packed.size(); ++piece_bytes) {
      EXPECT_EQ(unpacked(packed, piece_bytes), "a\nbc") << piece_bytes;
    }
  }
}

// As much as one call may give, to the byte: what follows must not be lost.
TEST(Decoder, GivesWhatFollowsAFullPiece) {
  const std::string full(Decoder::output_bytes_max, 'x');
  for (const auto pack : {&gzipped, &zstandard}) {
    const std::string packed = pack(full) + pack("y");
    EXPECT_TRUE(unpacked(packed, packed.size()) == full + "y");
    EXPECT_TRUE(unpacked(pack(full + "y"), packed.size()) == full + "y");
    EXPECT_TRUE(unpacked(pack(full), packed.size()) == full);
  }
}

}  // namespace
}  // namespace liggare::codec
