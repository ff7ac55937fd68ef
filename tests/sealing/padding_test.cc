#include "sealing/padding.h"

#include <gtest/gtest.h>

namespace liggare::sealing {
namespace {

struct Lengths {
  std::size_t text;
  std::size_t padded;
};

class PaddingLengths : public ::testing::TestWithParam<Lengths> {};

TEST_P(PaddingLengths, AreTheNextAllowedOnes) {
  const std::string text(GetParam().text, 'x');
  EXPECT_EQ(pad(text).size(), GetParam().padded);
  EXPECT_EQ(unpad(pad(text)).value(), text);
}

INSTANTIATE_TEST_SUITE_P(Steps, PaddingLengths,
                         ::testing::Values(Lengths{0, 64}, Lengths{2, 64}, Lengths{63, 64},
                                           Lengths{64, 128}, Lengths{127, 128}, Lengths{128, 256},
                                           Lengths{255, 256}, Lengths{256, 512}, Lengths{511, 512},
                                           Lengths{512, 1024}, Lengths{1023, 1024},
                                           Lengths{1024, 2048}, Lengths{2047, 2048},
                                           Lengths{2048, 3072}, Lengths{48 * 1024, 49 * 1024}));

std::string padded(std::string_view start, std::size_t size) {
  std::string bytes(start);
  bytes.resize(size, '\0');
  return bytes;
}

TEST(Padding, KeepsATextThatEndsLikePadding) {
  const std::string text("{}\x80\0\0", 5);
  EXPECT_EQ(unpad(pad(text)).value(), text);
}

TEST(Padding, RefusesWhatHasNoMark) {
  EXPECT_FALSE(unpad(padded("", 64)));
  EXPECT_FALSE(unpad(padded("{}", 64)));
  EXPECT_FALSE(unpad(""));
}

TEST(Padding, RefusesAByteAfterTheMark) {
  std::string bytes = pad("{}");
  bytes.back() = '\1';
  EXPECT_EQ(unpad(bytes).error().code, ErrorCode::corrupt);
}

TEST(Padding, RefusesALengthThatIsNotTheNextAllowedOne) {
  EXPECT_TRUE(unpad(padded("{}\x80", 64)));
  EXPECT_FALSE(unpad(padded("{}\x80", 63)));
  EXPECT_FALSE(unpad(padded("{}\x80", 65)));
  EXPECT_FALSE(unpad(padded("{}\x80", 128)));
  EXPECT_FALSE(unpad(padded(std::string(1500, 'x') + '\x80', 3072)));
}

}  // namespace
}  // namespace liggare::sealing
