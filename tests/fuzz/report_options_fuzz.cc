#include "projection/report.h"
#include "tests/fuzz/targets.h"

namespace liggare::fuzz {
namespace {

using projection::OptionKind;
using projection::Options;
using projection::OptionSpec;
using projection::Presence;
using Given = std::map<std::string, std::string>;

// One of each kind, and a pair that must be in order.
const std::vector<OptionSpec>& specs() {
  static const std::vector<OptionSpec> specs = {
      {"from", OptionKind::year, Presence::required},
      {"to", OptionKind::year},
      {"on", OptionKind::day},
      {"at-least", OptionKind::count},
      {"by", OptionKind::word, Presence::optional, {"month", "year"}},
      {"participant", OptionKind::participant},
      {"unit", OptionKind::unit},
      {"ladder", OptionKind::ladder},
      {"agreement", OptionKind::agreement},
      {"only-findings", OptionKind::flag}};
  return specs;
}

// "name=text", one a line.
Given given_in(std::string_view input) {
  Given given;
  while (!input.empty()) {
    const std::size_t end = std::min(input.find('\n'), input.size());
    const std::string_view line = input.substr(0, end);
    input.remove_prefix(std::min(end + 1, input.size()));
    const std::size_t equals = std::min(line.find('='), line.size());
    given.emplace(line.substr(0, equals), line.substr(std::min(equals + 1, line.size())));
  }
  return given;
}

std::optional<std::string> text_of(const Options& options, const OptionSpec& spec) {
  if (const auto* number = options.number(spec.name)) return std::to_string(*number);
  if (const Day* day = options.day(spec.name)) return day->text();
  if (const auto* text = options.text(spec.name)) return *text;
  if (options.flag(spec.name)) return "";
  return std::nullopt;
}

}  // namespace

void report_options(std::string_view input) {
  const auto read = Options::parse(specs(), given_in(input));
  if (!read) {
    LIGGARE_ASSERT(read.error().code == ErrorCode::invalid_argument, "an option that is no fault");
    return;
  }
  LIGGARE_ASSERT(read->number("from") != nullptr, "an option left out that is required");
  Given given;
  for (const OptionSpec& spec : specs()) {
    if (const auto text = text_of(*read, spec)) given.emplace(spec.name, *text);
  }
  const auto again = Options::parse(specs(), given);
  LIGGARE_ASSERT(again && again->json() == read->json(), "options that their own texts change");
  LIGGARE_ASSERT(again->subjects() == read->subjects(), "options about another stream");
}

}  // namespace liggare::fuzz
