#include "inspect/verify.h"

#include <fmt/format.h>

#include <algorithm>

#include "audit/given_key.h"
#include "base/bytes.h"
#include "base/file.h"
#include "ledger/known_projections.h"
#include "ledger/ledger.h"
#include "tools/columns.h"
#include "tools/commands.h"
#include "tools/console.h"
#include "tools/progress_bar.h"
#include "tools/verify_texts.h"

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

// How many events no given checkpoint covers.
std::uint64_t exposed(const inspect::VerifyReport& report) {
  const std::uint64_t covered = report.covered.value_or(0);
  return report.head.tree_size - std::min(report.head.tree_size, covered);
}

Json phrases_of(const std::vector<inspect::Remark>& remarks) {
  Json phrases = Json::array();
  for (const inspect::Remark& remark : remarks) phrases.push(json_phrase(remark));
  return phrases;
}

Json json_of(const inspect::VerifyReport& report) {
  return Json::object()
      .add("verdict", report.findings.empty() ? "intact" : "damaged")
      .add("origin", report.origin)
      .add("size", report.head.tree_size)
      .add("rootHash", to_hex(report.head.root_hash.view()))
      .add("headPolicy", report.head_policy)
      .add("trust", phrases_of(report.trust))
      .add("covered", report.covered ? Json(*report.covered) : Json())
      .add("exposed", exposed(report))
      .add("checked", phrases_of(report.checked))
      .add("notChecked", phrases_of(report.not_checked))
      .add("findings", findings_of(report));
}

// The findings, each with its code's meaning after the code.
std::string table_of_findings(const inspect::VerifyReport& report, const Style& style) {
  if (report.findings.empty()) return {};
  Json rows = Json::array();
  for (const inspect::Finding& finding : report.findings) {
    rows.push(Json::object()
                  .add("code", finding.code)
                  .add("what", finding_text(style.language, finding.code))
                  .add("place", finding.place)
                  .add("expected", finding.expected)
                  .add("found", finding.found));
  }
  return "\n" + render_table(rows, columns_of(rows), style) + "\n";
}

std::string list_of(std::string_view title, const std::vector<inspect::Remark>& remarks,
                    const Style& style) {
  if (remarks.empty()) return {};
  std::string text = emphasised(std::string(text_of(style.language, title)), style) + "\n";
  for (const inspect::Remark& remark : remarks) {
    text += "  " + sentence(style.language, remark) + "\n";
  }
  return text;
}

std::string text_of_report(const inspect::VerifyReport& report, const std::string& folder,
                           const Style& style) {
  const std::uint64_t size = report.head.tree_size;
  // A log that can't be opened does not say its name.
  const Headline headline{report.origin.empty() ? folder : report.origin, size,
                          report.findings.size() + report.findings_not_kept,
                          to_hex(report.head.root_hash.view())};
  return headline_text(style.language, headline) + "\n" + table_of_findings(report, style) +
         exposure_text(style.language, {exposed(report), size, report.covered.has_value()}) + "\n" +
         list_of("line.trust", report.trust, style) +
         list_of("line.checked", report.checked, style) +
         list_of("line.not-checked", report.not_checked, style);
}

Result<inspect::GivenCheckpoint> checkpoint_in(const std::string& file) {
  LIGGARE_TRY(std::string note, read_file_or_pipe(file));
  return inspect::GivenCheckpoint{file, std::move(note)};
}

// "KEY" or "@FILE".
Result<inspect::TrustedKey> key_given(const std::string& given) {
  LIGGARE_TRY(merkle::VerifierKey key, audit::read_given_key("--vkey", given));
  inspect::Remark trust{inspect::Statement::key_given};
  if (given.starts_with('@')) trust = {inspect::Statement::key_from_file, {given.substr(1)}};
  return inspect::TrustedKey{std::move(key), std::move(trust)};
}

Result<inspect::VerifyOptions> options_of(const Arguments& arguments,
                                          const ledger::Folders& folders) {
  inspect::VerifyOptions options;
  LIGGARE_TRY(const std::optional<std::uint64_t> threads, arguments.number("--threads"));
  if (threads && (*threads == 0 || *threads > threads_max)) {
    return fail(ErrorCode::invalid_argument, "--threads takes a number from 1 to 1024");
  }
  options.ledger = folders.ledger;
  options.keys = folders.keys;
  options.threads = static_cast<unsigned>(threads.value_or(0));
  if (const std::string* key = arguments.text("--vkey")) {
    LIGGARE_TRY(options.key, key_given(*key));
  }
  if (const std::string* file = arguments.text("--checkpoint")) {
    LIGGARE_TRY(auto checkpoint, checkpoint_in(*file));
    options.checkpoints.push_back(std::move(checkpoint));
  }
  if (const std::string* file = arguments.text("--since")) {
    LIGGARE_TRY(options.since, checkpoint_in(*file));
  }
  if (const std::string* file = arguments.text("--access-checkpoint")) {
    LIGGARE_TRY(auto checkpoint, checkpoint_in(*file));
    options.access_checkpoints.push_back(std::move(checkpoint));
  }
  if (const std::string* key = arguments.text("--access-vkey")) {
    LIGGARE_TRY(options.access_key, audit::read_given_key("--access-vkey", *key));
  }
  options.is_full = arguments.has("--full");
  if (options.is_full) options.projections = ledger::known_projections();
  return options;
}

std::string_view phase_text(inspect::Phase phase, Language language) {
  switch (phase) {
    case inspect::Phase::events:
      return text_of(language, "phase.events");
    case inspect::Phase::rules:
      return text_of(language, "phase.rules");
    case inspect::Phase::seals:
      return text_of(language, "phase.seals");
    case inspect::Phase::projections:
      return text_of(language, "phase.projections");
  }
  return {};
}

// One bar for each phase, one after the other.
class PhaseBars {
 public:
  explicit PhaseBars(Language language) : language_(language) {}

  void show(inspect::Phase phase, std::uint64_t done, std::uint64_t total) {
    if (phase_ != phase) {
      bar_.emplace("verify");
      phase_ = phase;
    }
    bar_->show(done, total, fmt::format("{} {}", done, phase_text(phase, language_)));
  }

 private:
  Language language_;
  std::optional<inspect::Phase> phase_;
  std::optional<ProgressBar> bar_;
};

Result<Exit> run_verify(const Arguments& arguments, Console& console) {
  LIGGARE_TRY(const ledger::Folders folders, console.folders());
  LIGGARE_TRY(inspect::VerifyOptions options, options_of(arguments, folders));
  inspect::VerifyReport report;
  {
    PhaseBars bars(console.style().language);
    options.progress = [&](inspect::Phase phase, std::uint64_t done, std::uint64_t total) {
      bars.show(phase, done, total);
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
          "damaged; each finding says where (docs/verification.md says what to do). It ends\n"
          "by saying what was checked and what was not. A history that was rewritten whole\n"
          "shows only against a checkpoint that was kept elsewhere: give it with --checkpoint.",
      .arguments = {{"--threads", "N", "how many at once; as many as there are cores otherwise"},
                    {"--checkpoint", "FILE",
                     "a checkpoint kept elsewhere: nothing before it was "
                     "changed since"},
                    {"--since", "FILE",
                     "a checkpoint that is believed: reads only what came after"},
                    {"--vkey", "KEY|@FILE",
                     "the key they are signed with; any of the ledger's own "
                     "otherwise"},
                    {"--access-checkpoint", "FILE",
                     "with --full: a checkpoint of the access log, kept elsewhere"},
                    {"--access-vkey", "KEY|@FILE",
                     "the key it is signed with; that of SIGNED.access otherwise"},
                    {"--full", "",
                     "also judges every event anew, and checks seals, changes of the "
                     "key and kept projections"}},
      .formats = {Format::table, Format::json},
      .examples = {{"liggare verify", "Checks the whole ledger."},
                   {"liggare verify --full", "And that every event keeps the rules."},
                   {"liggare verify --checkpoint friday.checkpoint --vkey @town.vkey",
                    "And that it is still the history that was signed on Friday."},
                   {"liggare verify --since friday.checkpoint --vkey @town.vkey",
                    "Only what came after Friday."},
                   {"liggare verify --format json | jq .findings", "Only what is wrong."}},
      .children = {},
      .run = run_verify};
}

}  // namespace liggare::tools
