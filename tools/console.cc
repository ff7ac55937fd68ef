#include "tools/console.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

#include "domain/person_number.h"

namespace liggare::tools {
namespace {

constexpr auto format_names =
    std::to_array<std::pair<std::string_view, Format>>({{"table", Format::table},
                                                        {"json", Format::json},
                                                        {"csv", Format::csv},
                                                        {"leaf", Format::leaf},
                                                        {"text", Format::text}});

std::string_view environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

bool can_answer(const Command& command, Format format) {
  return std::find(command.formats.begin(), command.formats.end(), format) != command.formats.end();
}

Result<Format> format_of(const Arguments& arguments, const Command& command, bool on_terminal) {
  const std::string* given = arguments.text("--format");
  if (given == nullptr) {
    if (can_answer(command, Format::text)) return Format::text;
    return on_terminal && can_answer(command, Format::table) ? Format::table : Format::json;
  }
  std::string accepted;
  for (const auto& [name, format] : format_names) {
    if (!can_answer(command, format)) continue;
    if (*given == name) return format;
    accepted += (accepted.empty() ? "" : ", ") + std::string(name);
  }
  return fail(
      ErrorCode::invalid_argument,
      "--format \"" + *given + "\" is nothing that this command writes; it writes " + accepted);
}

Result<Language> language_of(const Arguments& arguments) {
  const std::string* given = arguments.text("--lang");
  if (given == nullptr) return language_of_environment();
  const auto language = language_named(*given);
  if (!language) {
    return fail(ErrorCode::invalid_argument, "--lang takes sv or en, not \"" + *given + "\"");
  }
  return *language;
}

// no-color.org: NO_COLOR counts when it is set and not empty; an explicit option goes before it.
Result<Colour> colour_of(const Arguments& arguments, bool on_terminal) {
  const std::string* given = arguments.text("--color");
  if (given == nullptr || *given == "auto") {
    const bool wanted =
        on_terminal && environment("NO_COLOR").empty() && environment("TERM") != "dumb";
    return wanted ? Colour::on : Colour::off;
  }
  if (*given == "always") return Colour::on;
  if (*given == "never") return Colour::off;
  return fail(ErrorCode::invalid_argument,
              "--color takes auto, always or never, not \"" + *given + "\"");
}

void write_to_standard_error(std::string_view text) {
  // Where standard error can't be written there is nobody to tell; the exit code says it still.
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, text.data(), text.size());
}

}  // namespace

std::string_view name_of(Format format) {
  const auto* named = std::find_if(format_names.begin(), format_names.end(),
                                   [format](const auto& each) { return each.second == format; });
  LIGGARE_ASSERT(named != format_names.end(), "a format without a name");
  return named->first;
}

std::vector<Argument> answering_arguments() {
  return {{"--format", "FORMAT", "how to answer; errors become problem objects with json"},
          {"--lang", "sv|en", "the language of tables; from LC_ALL, LC_MESSAGES or LANG otherwise"},
          {"--color", "WHEN", "auto, always or never; NO_COLOR and TERM=dumb are honoured"},
          {"--version", "", "the program's version"}};
}

Result<void> Console::configure(const Arguments& arguments, const Command& command) {
  const bool on_terminal = out_.is_terminal();
  LIGGARE_TRY(settings_.format, format_of(arguments, command, on_terminal));
  LIGGARE_TRY(settings_.style.language, language_of(arguments));
  LIGGARE_TRY(settings_.style.colour, colour_of(arguments, on_terminal));
  if (const std::string* ledger = arguments.text("--ledger")) settings_.ledger_folder = *ledger;
  if (const std::string* keys = arguments.text("--keys")) settings_.keys_folder = *keys;
  return {};
}

Result<void> Console::print_filled(std::string_view key, fmt::format_args values) {
  return print(fmt::vformat(text_of(style().language, key), values) + "\n");
}

// What was written on the command line, or as an id, may be somebody's number.
void Console::complain(const Problem& problem) {
  write_to_standard_error(domain::without_person_numbers(
      errors_ == ErrorForm::object ? json_of(problem).text() + "\n" : line_of(problem, program_)));
}

void Console::note(std::string_view text) {
  write_to_standard_error(
      domain::without_person_numbers(program_ + ": note: " + std::string(text) + "\n"));
}

}  // namespace liggare::tools
