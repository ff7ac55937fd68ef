// Where a command runs: how it is to answer, its two streams, and its ledger's folders.
#pragma once

#include <fmt/core.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/json.h"
#include "tools/command.h"
#include "tools/output.h"
#include "tools/problem.h"
#include "tools/render_table.h"

namespace liggare::ledger {
struct Folders;
enum class Mode;
class Ledger;
}  // namespace liggare::ledger

namespace liggare::tools {

// The options of every command of liggare, and those among them that say how to answer.
std::vector<Argument> global_arguments();
std::vector<Argument> answering_arguments();

// "table", as --format takes it.
std::string_view name_of(Format format);

// From the options of every command; kept by the console.
struct Settings {
  std::optional<std::string> ledger_folder;  // As given with --ledger and --keys.
  std::optional<std::string> keys_folder;
  Format format = Format::json;
  Style style;
};

enum class ErrorForm { line, object };

class Console {
 public:
  // `program` begins each line for people on standard error.
  Console(Output& out, ErrorForm errors, std::string program)
      : out_(out), errors_(errors), program_(std::move(program)) {}

  // invalid_argument where `command` can't answer as asked.
  Result<void> configure(const Arguments& arguments, const Command& command);

  Format format() const { return settings_.format; }
  const Style& style() const { return settings_.style; }
  ErrorForm error_form() const { return errors_; }
  Output& out() { return out_; }

  Result<void> print(std::string_view text) { return out_.write(text); }
  // On a line of its own.
  Result<void> print_line(const Json& json) { return out_.write(json.text() + "\n"); }
  // What the catalogue has under `key` (texts.h), in the reader's language and with the values in
  // its places; on a line of its own.
  template <class... Values>
  Result<void> print_text(std::string_view key, const Values&... values) {
    return print_filled(key, fmt::make_format_args(values...));
  }

  void complain(const Problem& problem);
  // Something that the reader of the answer should know.
  void note(std::string_view text);

  // From the options, or else LIGGARE_LEDGER; invalid_argument where no ledger was named.
  // Of the program liggare alone, as open() is: the rest needs no ledger.
  Result<ledger::Folders> folders() const;
  // Notes, where it is to be written, that more was signed than it has.
  Result<std::unique_ptr<ledger::Ledger>> open(ledger::Mode mode);

 private:
  Result<void> print_filled(std::string_view key, fmt::format_args values);

  Output& out_;
  ErrorForm errors_;
  std::string program_;
  Settings settings_;
};

}  // namespace liggare::tools
