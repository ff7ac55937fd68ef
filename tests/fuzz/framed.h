// A stored record's frame, which hides everything behind it from a fuzzer that can't count.
#pragma once

#include <string>
#include <string_view>

namespace liggare::fuzz {

// `input` with the frame that belongs to it in place of its first word, and whole words.
std::string framed(std::string_view input);

}  // namespace liggare::fuzz
