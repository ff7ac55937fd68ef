// What the fuzz programs feed: each target takes any bytes, and ends the process where a reader
// accepts what its writer would not give.
#pragma once

#include <string_view>

namespace liggare::fuzz {

void checkpoint(std::string_view input);
void completeness(std::string_view input);
void disclosed(std::string_view input);
void key(std::string_view input);
void note(std::string_view input);
void policy(std::string_view input);
void proof_file(std::string_view input);
void sums(std::string_view input);
void tile_path(std::string_view input);

}  // namespace liggare::fuzz
