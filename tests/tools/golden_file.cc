#include "tests/tools/golden_file.h"

#include <sstream>
#include <stdexcept>

namespace liggare::tools {
namespace {

constexpr std::string_view anything = "[...]";
constexpr std::string_view any_lines = "...";

bool line_matches(std::string_view expected, std::string_view found) {
  const auto hole = expected.find(anything);
  if (hole == std::string_view::npos) return expected == found;
  if (!found.starts_with(expected.substr(0, hole))) return false;
  const std::string_view rest = expected.substr(hole + anything.size());
  for (std::size_t skipped = hole; skipped <= found.size(); ++skipped) {
    if (line_matches(rest, found.substr(skipped))) return true;
  }
  return false;
}

bool matches_from(const Lines& expected, std::size_t at, const Lines& found, std::size_t from) {
  if (at == expected.size()) return from == found.size();
  if (expected[at] == any_lines) {
    for (std::size_t next = from; next <= found.size(); ++next) {
      if (matches_from(expected, at + 1, found, next)) return true;
    }
    return false;
  }
  return from < found.size() && line_matches(expected[at], found[from]) &&
         matches_from(expected, at + 1, found, from + 1);
}

// "test COMMAND -> CODE"
void read_command(const std::string& line, GoldenCase& golden) {
  golden.command = line.substr(std::string_view("test ").size());
  const auto arrow = golden.command.rfind(" -> ");
  if (arrow == std::string::npos) return;
  golden.exit_code = std::stoi(golden.command.substr(arrow + std::string_view(" -> ").size()));
  golden.command.erase(arrow);
}

}  // namespace

Lines lines_of(const std::string& text) {
  Lines lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::vector<GoldenCase> read_golden(const std::string& text) {
  std::vector<GoldenCase> cases;
  std::string input;
  Lines* section = nullptr;  // Null between tests.
  int number = 0;
  for (const std::string& line : lines_of(text)) {
    ++number;
    if (section != nullptr) {
      if (line == "end test") {
        section = nullptr;
      } else if (line == "__ERROR__") {
        section = &cases.back().errors;
      } else {
        section->push_back(line);
      }
    } else if (line.starts_with("test ")) {
      GoldenCase& golden = cases.emplace_back();
      golden.line = number;
      golden.input = input;
      read_command(line, golden);
      section = &golden.output;
    } else if (!line.empty() && !line.starts_with(';')) {
      input += line + "\n";
    }
  }
  if (section != nullptr) throw std::runtime_error("the last test has no \"end test\"");
  return cases;
}

bool matches(const Lines& expected, const Lines& found) {
  return matches_from(expected, 0, found, 0);
}

}  // namespace liggare::tools
