// What the program's own help says of its commands, and a way to call each.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace liggare::tools {

struct HelpedCommand {
  std::string words;        // "keys rotate"; empty for the program itself.
  std::string arguments;    // Of the line of usage, such as "DECISION --as WHO".
  bool is_a_group = false;  // Takes one of its names and does nothing by itself.
};

// Every command, the program first, as its help pages list them. `help` gives the page of one.
std::vector<HelpedCommand> commands_by_help(
    const std::function<std::string(const std::string& words)>& help);

// A command line that gives all it requires, with `value` for what an option or a name wants.
std::string filled(
    const HelpedCommand& command,
    const std::function<std::string(const std::string& name, const std::string& wants)>& value);

}  // namespace liggare::tools
