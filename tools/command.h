// A command of the program as data: what it accepts, its help, and the function that runs it.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/day.h"
#include "base/result.h"
#include "tools/exit.h"

namespace liggare::tools {

class Console;

// An option ("--rejects", with a value unless `value` is empty) or a word in its place ("FILE").
struct Argument {
  std::string name;
  std::string value;  // What its value is called in help: "FILE".
  std::string help;
  enum class Presence { required, optional } presence = Presence::optional;

  bool is_option() const { return name.starts_with('-'); }
  bool is_flag() const { return is_option() && value.empty(); }
};

// What was given, by the argument's name.
class Arguments {
 public:
  void set(const std::string& name, std::string value) { values_[name] = std::move(value); }

  bool has(const std::string& name) const { return values_.count(name) == 1; }
  // Null where it was not given.
  const std::string* text(const std::string& name) const;
  // invalid_argument unless it is a decimal number.
  Result<std::optional<std::uint64_t>> number(const std::string& name) const;
  // invalid_argument unless it is a day of the calendar.
  Result<std::optional<Day>> day(const std::string& name) const;

 private:
  std::map<std::string, std::string> values_;
};

// One list of arguments after another.
std::vector<Argument> joined(std::vector<Argument> first, const std::vector<Argument>& second);

// All decimal digits, and a number below 2^63.
std::optional<std::uint64_t> parse_decimal(const std::string& text);

enum class Format {
  table,
  json,
  csv,
  leaf,
  text,  // What other programs read, such as a checkpoint: the default wherever it is offered.
};

struct Example {
  std::string command;
  std::string meaning;
};

struct Command {
  std::string name;
  std::string summary;  // One line.
  std::string details;  // Further lines of help.
  std::vector<Argument> arguments;
  std::vector<Format> formats;
  std::vector<Example> examples;
  std::vector<Command> children;
  // Empty where one of the children must be named.
  std::function<Result<Exit>(const Arguments&, Console&)> run;
};

}  // namespace liggare::tools
