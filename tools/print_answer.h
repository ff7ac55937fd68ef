// Prints answers in the format that was asked for.
#pragma once

#include "projection/answer.h"
#include "tools/console.h"

namespace liggare::tools {

Result<void> print_answer(projection::Answer answer, Console& console);

// One answer in each format: a text, rows and an object.
struct Forms {
  std::string table;
  Json csv_rows;
  Json json;
};
Result<void> print_forms(const Forms& forms, Console& console);

}  // namespace liggare::tools
