#include "tools/help.h"

#include <algorithm>

#include "tools/cli.h"
#include "tools/console.h"

namespace liggare::tools {
namespace {

struct Line {
  std::string left;
  std::string right;
};

std::string paragraph(const std::string& title, const std::vector<Line>& lines) {
  if (lines.empty()) return {};
  std::size_t width = 0;
  for (const Line& line : lines) width = std::max(width, line.left.size());
  std::string text = "\n" + title + ":\n";
  for (const Line& line : lines) {
    text += "  " + line.left + std::string(width - line.left.size() + 2, ' ') + line.right + "\n";
  }
  return text;
}

std::string usage(const std::vector<const Command*>& path) {
  const Command& command = *path.back();
  std::string text = "\nUsage: " + name_of(path) + " [options]";
  for (const Argument& argument : command.arguments) {
    if (argument.is_option() && argument.presence == Argument::Presence::required) {
      text += " " + argument.name + " " + argument.value;
    } else if (!argument.is_option()) {
      const bool required = argument.presence == Argument::Presence::required;
      text += required ? " " + argument.name : " [" + argument.name + "]";
    }
  }
  if (!command.children.empty()) text += command.run ? " [NAME]" : " NAME";
  return text + "\n";
}

std::vector<Line> argument_lines(const Command& command) {
  std::vector<Line> lines;
  for (const Argument& argument : command.arguments) {
    const bool has_value = argument.is_option() && !argument.is_flag();
    lines.push_back({argument.name + (has_value ? " " + argument.value : ""), argument.help});
  }
  return lines;
}

std::vector<Line> child_lines(const Command& command) {
  std::vector<Line> lines;
  for (const Command& child : command.children) lines.push_back({child.name, child.summary});
  return lines;
}

// What is written without --format, and what it takes.
std::string formats(const Command& command) {
  if (command.formats.empty()) return {};
  std::string names;
  for (const Format format : command.formats) {
    names += (names.empty() ? "" : ", ") + std::string(name_of(format));
  }
  const auto writes = [&command](Format format) {
    return std::find(command.formats.begin(), command.formats.end(), format) !=
           command.formats.end();
  };
  if (command.formats.size() == 1) return "\nFormat: " + names + ".\n";
  std::string usual = writes(Format::text) ? "text" : "json";
  if (writes(Format::table)) {
    usual = "table on a terminal, json into a pipe or a file (--format table for text there)";
  }
  return "\nFormats: " + names + "; without --format " + usual + ".\n";
}

std::string examples(const Command& command) {
  if (command.examples.empty()) return {};
  std::string text = "\nExamples:\n";
  for (const Example& example : command.examples) {
    text += "  " + example.command + "\n      " + example.meaning + "\n";
  }
  return text;
}

}  // namespace

std::string help_text(const std::vector<const Command*>& path) {
  const Command& command = *path.back();
  std::string text = name_of(path) + ": " + command.summary + "\n" + usage(path);
  if (!command.details.empty()) text += "\n" + command.details + "\n";
  text += paragraph("Names", child_lines(command));
  if (path.size() > 1) text += paragraph("Arguments", argument_lines(command));
  for (std::size_t i = path.size() - 1; i-- > 1;) {
    text += paragraph("Options of " + path[i]->name, argument_lines(*path[i]));
  }
  std::vector<Line> everywhere = argument_lines(*path.front());
  everywhere.push_back({"-h, --help", "this page"});
  text += paragraph("Options of every command, before or after it", everywhere);
  return text + formats(command) + examples(command);
}

}  // namespace liggare::tools
