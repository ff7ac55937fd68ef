#include "tests/tools/program_help.h"

#include <sstream>

namespace liggare::tools {
namespace {

// The first words of the lines under "Names:".
std::vector<std::string> names_in(const std::string& page) {
  std::vector<std::string> names;
  std::istringstream lines(page);
  bool is_here = false;
  for (std::string line; std::getline(lines, line);) {
    if (line == "Names:") {
      is_here = true;
    } else if (line.empty()) {
      is_here = false;
    } else if (is_here) {
      std::istringstream words(line);
      words >> names.emplace_back();
    }
  }
  return names;
}

std::string arguments_in(const std::string& page) {
  constexpr std::string_view mark = "[options]";
  const std::size_t usage = page.find("Usage: ");
  const std::size_t from = page.find(mark, usage);
  if (usage == std::string::npos || from == std::string::npos) return {};
  const std::size_t begin = from + mark.size();
  return page.substr(begin, page.find('\n', begin) - begin);
}

void collect(const std::string& words, const std::function<std::string(const std::string&)>& help,
             std::vector<HelpedCommand>& commands) {
  const std::string page = help(words);
  const std::vector<std::string> names = names_in(page);
  const std::string arguments = arguments_in(page);
  const bool is_a_group = !names.empty() && arguments.ends_with(" NAME");
  commands.push_back({words, arguments, is_a_group});
  for (const std::string& name : names) {
    collect(words.empty() ? name : words + " " + name, help, commands);
  }
}

}  // namespace

std::vector<HelpedCommand> commands_by_help(
    const std::function<std::string(const std::string& words)>& help) {
  std::vector<HelpedCommand> commands;
  collect("", help, commands);
  return commands;
}

std::string filled(
    const HelpedCommand& command,
    const std::function<std::string(const std::string& name, const std::string& wants)>& value) {
  std::string line = command.words;
  std::istringstream words(command.arguments);
  for (std::string word; words >> word;) {
    if (word.starts_with("[")) continue;
    std::string wants = word;
    if (word.starts_with("-")) {
      words >> wants;
      line += " " + word;
    }
    line += " '" + value(word, wants) + "'";
  }
  return line;
}

}  // namespace liggare::tools
