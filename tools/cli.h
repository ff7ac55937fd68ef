// Reads a command line. CLI11 is known to cli.cc alone: every file that includes it takes seconds
// more to compile.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "tools/command.h"

namespace liggare::tools {

struct Invocation {
  std::vector<const Command*> path;  // From the program itself to the command that was named.
  Arguments arguments;
  bool wants_help = false;

  const Command& command() const { return *path.back(); }
};

// "liggare report places"
std::string name_of(const std::vector<const Command*>& path);

// Options may stand before and after the words that name the command; a command also takes its
// parents' options. invalid_argument says what is wrong and what is accepted.
Result<Invocation> parse(const Command& program, const std::vector<std::string>& words);

}  // namespace liggare::tools
