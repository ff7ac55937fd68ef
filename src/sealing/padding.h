// Padding, so that a ciphertext's length tells little about what it holds (evidence, section 2).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace liggare::sealing {

// The length after padding: 64, 128, 256, 512, 1024, then multiples of 1024 bytes, and always
// more than `text_bytes`, because the mark 0x80 needs its place.
std::size_t padded_bytes(std::size_t text_bytes);

// `text`, 0x80, and zeros.
std::string pad(std::string_view text);
// corrupt unless `padded` is what pad() gives for some text.
Result<std::string> unpad(std::string_view padded);

}  // namespace liggare::sealing
