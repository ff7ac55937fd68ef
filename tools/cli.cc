#include "tools/cli.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <deque>

namespace liggare::tools {
namespace {

using Path = std::vector<const Command*>;

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

Unexpected<Error> usage_error(const Path& path, const std::string& what) {
  return fail(ErrorCode::invalid_argument, what + "; see " + name_of(path) + " --help");
}

bool takes_value(const Path& path, const std::string& option) {
  for (const Command* command : path) {
    for (const Argument& argument : command->arguments) {
      if (argument.name == option) return !argument.is_flag();
    }
  }
  return false;
}

const Command* child_named(const Command& command, const std::string& name) {
  const auto found = std::find_if(command.children.begin(), command.children.end(),
                                  [&](const Command& child) { return child.name == name; });
  return found == command.children.end() ? nullptr : &*found;
}

std::string child_names(const Path& path) {
  std::vector<std::string> names;
  for (const Command& child : path.back()->children) names.push_back(child.name);
  return joined(names);
}

struct Split {
  Path path;
  std::vector<std::string> rest;  // Everything but the words that name the command.
};

// Done here and not by CLI11's subcommands, which take an event id or file named like a command
// for that command.
Result<Split> split(const Command& program, const std::vector<std::string>& words) {
  Split split{{&program}, {}};
  for (auto word = words.begin(); word != words.end(); ++word) {
    if (*word == "--") {
      split.rest.insert(split.rest.end(), word, words.end());
      break;
    }
    const bool is_option = word->size() > 1 && word->front() == '-';
    if (!is_option && !split.path.back()->children.empty()) {
      const Command* child = child_named(*split.path.back(), *word);
      if (child == nullptr) {
        return usage_error(split.path, name_of(split.path) + " has no \"" + *word + "\"; it has " +
                                           child_names(split.path));
      }
      split.path.push_back(child);
      continue;
    }
    split.rest.push_back(*word);
    if (is_option && takes_value(split.path, *word) && word + 1 != words.end()) {
      split.rest.push_back(*++word);
    }
  }
  return split;
}

Unexpected<Error> not_expected(const Path& path, const std::vector<std::string>& extras) {
  const auto option = std::find_if(extras.begin(), extras.end(),
                                   [](const std::string& word) { return word.starts_with('-'); });
  if (option == extras.end()) {
    // A number typed in the wrong place may be a person's.
    const std::string& extra = extras.front();
    const bool may_be_personal = std::count_if(extra.begin(), extra.end(), [](char digit) {
                                   return digit >= '0' && digit <= '9';
                                 }) >= 6;
    return usage_error(
        path, name_of(path) + " does not expect \"" + (may_be_personal ? "[…]" : extra) + "\"");
  }
  std::vector<std::string> names;
  for (auto command = path.rbegin(); command != path.rend(); ++command) {
    for (const Argument& argument : (*command)->arguments) {
      if (argument.is_option()) names.push_back(argument.name);
    }
  }
  return usage_error(path,
                     name_of(path) + " has no option " + *option + "; it takes " + joined(names));
}

// A CLI11 parser for one command and its parents' options.
class Parser {
 public:
  explicit Parser(const Path& path) : path_(path) {
    app_.set_help_flag();
    help_ = app_.add_flag("-h,--help");
    for (const Command* command : path) {
      for (const Argument& argument : command->arguments) add(argument);
    }
  }

  Result<Invocation> parse(std::vector<std::string> words) {
    std::reverse(words.begin(), words.end());  // CLI11 takes words from the back.
    try {
      app_.parse(std::move(words));
    } catch (const CLI::ParseError& error) {
      // What is not known at all is told before what is missing.
      const bool has_extras = !app_.remaining().empty();
      if (!wants_help() && has_extras) return not_expected(path_, app_.remaining());
      if (!wants_help()) return usage_error(path_, explained(error));
    }
    Invocation invocation{path_, {}, wants_help()};
    for (const Slot& slot : slots_) {
      if (slot.option->count() == 0 || (slot.is_flag && slot.value == "false")) continue;
      // A flag that was meant to hide something must not be off because of what stands after it.
      if (slot.is_flag && slot.value != "true") {
        return usage_error(path_, slot.name + " takes no value");
      }
      if (slot.value.empty()) {
        return usage_error(path_, slot.name + " takes a value that is not empty");
      }
      invocation.arguments.set(slot.name, slot.value);
    }
    return invocation;
  }

 private:
  struct Slot {
    std::string name;
    bool is_flag = false;
    std::string value;
    CLI::Option* option = nullptr;
  };

  bool wants_help() const { return help_->count() > 0; }

  std::string explained(const CLI::ParseError& error) const {
    const std::string message = error.what();
    if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) == nullptr) return message;
    const std::string name = message.substr(0, message.find(':'));
    for (const Slot& slot : slots_) {
      if (slot.name == name) return name + " takes one " + slot.option->get_type_name();
    }
    return message;
  }

  void add(const Argument& argument) {
    Slot& slot = slots_.emplace_back(Slot{argument.name, argument.is_flag(), {}, nullptr});
    if (argument.is_flag()) {
      slot.option = app_.add_flag(argument.name, slot.value);
    } else {
      slot.option = app_.add_option(argument.name, slot.value)->type_name(argument.value);
      slot.option->required(argument.presence == Argument::Presence::required);
    }
  }

  Path path_;
  CLI::App app_;
  CLI::Option* help_ = nullptr;
  std::deque<Slot> slots_;  // CLI11 keeps references to the values.
};

}  // namespace

std::string name_of(const std::vector<const Command*>& path) {
  std::string name;
  for (const Command* command : path) name += (name.empty() ? "" : " ") + command->name;
  return name;
}

Result<Invocation> parse(const Command& program, const std::vector<std::string>& words) {
  LIGGARE_TRY(Split found, split(program, words));
  LIGGARE_TRY(Invocation invocation, Parser(found.path).parse(std::move(found.rest)));
  const bool needs_child = !invocation.command().run && !invocation.arguments.has("--version");
  if (needs_child && !invocation.wants_help) {
    return usage_error(found.path,
                       name_of(found.path) + " needs one of " + child_names(found.path));
  }
  return invocation;
}

}  // namespace liggare::tools
