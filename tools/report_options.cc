#include "tools/report_options.h"

#include <fmt/format.h>

#include "base/is_there.h"
#include "tools/checkpoint_file.h"

namespace liggare::tools {
namespace {

using projection::OptionKind;
using projection::OptionSpec;

// What an option takes: its name in help, what it is, and an example.
struct Taken {
  std::string value;
  std::string help;
  std::string example;
};

Taken taken_by(const OptionSpec& spec) {
  switch (spec.kind) {
    case OptionKind::year:
      return {"YEAR", "a year", "2019"};
    case OptionKind::day:
      return {"DAY", "a day, YYYY-MM-DD", "2019-12-31"};
    case OptionKind::count:
      return {"N", "a whole number", "90"};
    case OptionKind::word:
      return {fmt::format("{}", fmt::join(spec.words, "|")), "one of these",
              spec.words.empty() ? std::string() : std::string(spec.words.front())};
    case OptionKind::participant:
      return {"ID", "a participant", "P1042"};
    case OptionKind::unit:
      return {"ID", "a unit", "AMC"};
    case OptionKind::ladder:
      return {"ID", "a ladder", "trappan"};
    case OptionKind::agreement:
      return {"ID", "an agreement", "A1"};
    case OptionKind::flag:
      return {"", "only those", ""};
  }
  LIGGARE_ASSERT(false, "an OptionKind without help");
  return {};
}

std::string option_name(const OptionSpec& spec) { return "--" + std::string(spec.name); }

}  // namespace

std::string report_title(std::string_view report, Language language) {
  return std::string(find_text(language, "report." + std::string(report)).value_or(report));
}

std::vector<Argument> report_arguments(const projection::Report& report) {
  std::vector<Argument> arguments;
  for (const OptionSpec& spec : report.options) {
    const Taken taken = taken_by(spec);
    const bool required = spec.presence == projection::Presence::required;
    arguments.push_back({option_name(spec), taken.value,
                         taken.help + (required ? ", required" : ""),
                         required ? Argument::Presence::required : Argument::Presence::optional});
  }
  return arguments;
}

std::string report_example(const projection::Report& report) {
  std::string example = "liggare report " + std::string(report.name);
  for (const OptionSpec& spec : report.options) {
    if (spec.presence != projection::Presence::required) continue;
    example += " " + option_name(spec) + " " + taken_by(spec).example;
  }
  return example;
}

Result<std::optional<Day>> as_of_given(const Arguments& arguments) {
  return arguments.day("--as-of");
}

Result<ledger::At> at_given(const Arguments& arguments) {
  const std::string* given = arguments.text("--at");
  if (given == nullptr) return ledger::At();
  if (const auto size = parse_decimal(*given)) return ledger::At(*size);
  if (const auto written = parse_rfc3339(*given)) return ledger::At(written->instant);
  if (is_there(*given)) {
    LIGGARE_TRY(const merkle::SignedNote note, note_in(*given));
    LIGGARE_TRY(auto checkpoint, merkle::Checkpoint::parse(note.text));
    return ledger::At(std::move(checkpoint));
  }
  return fail(
      ErrorCode::invalid_argument,
      "--at takes a size such as 1000, an instant such as 2021-12-31T12:00:00Z, or the file "
      "of a checkpoint, not \"" +
          *given + "\"");
}

Result<ledger::ReportRequest> report_request(const projection::Report& report,
                                             const Arguments& arguments) {
  ledger::ReportRequest request;
  request.name = report.name;
  for (const OptionSpec& spec : report.options) {
    if (const std::string* given = arguments.text(option_name(spec))) {
      request.options[std::string(spec.name)] = *given;
    }
  }
  LIGGARE_TRY(request.as_of, as_of_given(arguments));
  LIGGARE_TRY(request.at, at_given(arguments));
  request.is_public = arguments.has("--public");
  return request;
}

}  // namespace liggare::tools
