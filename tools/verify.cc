#include "inspect/verify.h"

#include <fmt/format.h>

#include "base/bytes.h"
#include "ledger/ledger.h"
#include "tools/columns.h"
#include "tools/commands.h"
#include "tools/console.h"
#include "tools/display_text.h"
#include "tools/progress_bar.h"

namespace liggare::tools {
namespace {

constexpr std::uint64_t threads_max = 1024;

Json findings_of(const inspect::VerifyReport& report) {
  Json findings = Json::array();
  for (const inspect::Finding& finding : report.findings) {
    findings.push(Json::object()
                      .add("code", finding.code)
                      .add("place", finding.place)
                      .add("expected", finding.expected)
                      .add("found", finding.found));
  }
  return findings;
}

Json json_of(const inspect::VerifyReport& report) {
  return Json::object()
      .add("verdict", report.findings.empty() ? "intact" : "damaged")
      .add("origin", report.origin)
      .add("size", report.head.tree_size)
      .add("rootHash", to_hex(report.head.root_hash.view()))
      .add("headPolicy", report.head_policy)
      .add("checked", Json::list(report.checked))
      .add("notChecked", Json::list(report.not_checked))
      .add("findings", findings_of(report));
}

std::string joined(const std::vector<std::string>& phrases, Language language) {
  if (phrases.empty()) return std::string(text_of(language, "line.nothing"));
  return fmt::format("{}", fmt::join(phrases, "; "));
}

std::string text_of_report(const inspect::VerifyReport& report, const std::string& folder,
                           const Style& style) {
  const auto line = [&](std::string_view key, const auto&... values) {
    return fmt::format(fmt::runtime(text_of(style.language, key)), values...) + "\n";
  };
  const std::string root = to_hex(report.head.root_hash.view());
  // A log that can't be opened does not say its name.
  const std::string origin = visible(report.origin.empty() ? folder : report.origin);
  std::string text;
  if (report.findings.empty()) {
    text = line("line.verified", origin, report.head.tree_size, root);
  } else {
    const Json findings = findings_of(report);
    text = line("line.damaged", origin, report.head.tree_size, report.findings.size(), root);
    text += "\n" + render_table(findings, columns_of(findings), style) + "\n";
  }
  return text + line("line.checked", joined(report.checked, style.language)) +
         line("line.not-checked", joined(report.not_checked, style.language));
}

Result<Exit> run(const Arguments& arguments, Console& console) {
  inspect::VerifyOptions options;
  LIGGARE_TRY(const ledger::Folders folders, console.folders());
  LIGGARE_TRY(const std::optional<std::uint64_t> threads, arguments.number("--threads"));
  if (threads && (*threads == 0 || *threads > threads_max)) {
    return fail(ErrorCode::invalid_argument, "--threads takes a number from 1 to 1024");
  }
  options.ledger = folders.ledger;
  options.threads = static_cast<unsigned>(threads.value_or(0));
  inspect::VerifyReport report;
  {
    ProgressBar bar("verify");
    options.progress = [&](inspect::Phase, std::uint64_t done, std::uint64_t total) {
      bar.show(done, total, std::to_string(done) + " events");
    };
    LIGGARE_TRY(report, inspect::verify(options));
  }
  LIGGARE_CHECK(
      console.format() == Format::table
          ? console.print(text_of_report(report, options.ledger.string(), console.style()))
          : console.print_line(json_of(report)));
  return report.findings.empty() ? Exit::done : Exit::finding;
}

}  // namespace

Command verify_command() {
  return {
      .name = "verify",
      .summary = "reads every stored byte again and says what holds",
      .details =
          "Changes nothing and runs beside a writer. Exit code 1 where something is\n"
          "damaged; each finding says where. It ends by saying what was checked and what\n"
          "was not.",
      .arguments = {{"--threads", "N", "how many at once; as many as there are cores otherwise"}},
      .formats = {Format::table, Format::json},
      .examples = {{"liggare verify", "Checks the whole ledger."},
                   {"liggare verify --format json | jq .findings", "Only what is wrong."}},
      .children = {},
      .run = run};
}

}  // namespace liggare::tools
