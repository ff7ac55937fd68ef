// The texts of texts.h by theme; one file each has them.
#pragma once

#include <span>

#include "tools/texts.h"

namespace liggare::tools {

std::span<const Text> report_texts();
std::span<const Text> line_texts();
std::span<const Text> column_texts();
std::span<const Text> word_texts();
// What `backup`, `restore` and `doctor` say around what they list.
std::span<const Text> safekeeping_texts();

}  // namespace liggare::tools
