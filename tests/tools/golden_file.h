// Tests of the program as files, in the form of ledger-cli's:
//
//   ; a comment
//   {"specversion": …}            input, which the commands after it find in input.ndjson
//   test liggare COMMAND -> 2     a line for sh, and its exit code unless it is 0
//   expected standard output
//   __ERROR__
//   expected standard error
//   end test
//
// In what is expected, [...] stands for anything within a line, and a line "..." for any lines.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace liggare::tools {

using Lines = std::vector<std::string>;

struct GoldenCase {
  int line = 0;       // Where it stands in its file.
  std::string input;  // All input that stands before it.
  std::string command;
  int exit_code = 0;
  Lines output;
  Lines errors;
};

// Throws std::runtime_error where the file is not in that form.
std::vector<GoldenCase> read_golden(const std::string& text);

bool matches(const Lines& expected, const Lines& found);

Lines lines_of(const std::string& text);

}  // namespace liggare::tools
