#include "ledger/backup.h"

#include <fmt/format.h>

#include <array>

#include "audit/given_key.h"
#include "base/bytes.h"
#include "ledger/backup_check.h"
#include "tools/checkpoint_file.h"
#include "tools/commands.h"
#include "tools/console.h"
#include "tools/progress_bar.h"
#include "tools/safekeeping_texts.h"

namespace liggare::tools {
namespace {

std::string line(const Console& console, std::string_view key) {
  return std::string(text_of(console.style().language, key)) + "\n";
}

Json trees_of(const ledger::BackupManifest& manifest) {
  Json access = Json::array();
  for (const ledger::AccessTree& year : manifest.access) {
    access.push(Json::object()
                    .add("year", year.year)
                    .add("size", year.head.tree_size)
                    .add("rootHash", to_hex(year.head.root_hash.view())));
  }
  return Json::object()
      .add("origin", manifest.identity.origin)
      .add("size", manifest.head.tree_size)
      .add("rootHash", to_hex(manifest.head.root_hash.view()))
      .add("made", manifest.made.text())
      .add("access", std::move(access))
      .add("signed", !manifest.signatures.empty());
}

Result<Exit> make(const Arguments& arguments, Console& console) {
  LIGGARE_TRY(const auto folders, console.folders());
  const std::string* out = arguments.text("--out");
  if (out == nullptr) {
    return fail(ErrorCode::invalid_argument,
                "liggare backup takes --out DIR, or a command: verify; see liggare backup --help");
  }
  std::optional<ProgressBar> bar(std::in_place, "backup");
  ledger::BackupOptions options;
  options.progress = [&](std::uint64_t done, std::uint64_t total) {
    bar->show(done, total, std::to_string(done) + " records");
  };
  LIGGARE_TRY(const auto made, ledger::back_up(folders, *out, options));
  bar.reset();
  if (console.format() == Format::json) {
    LIGGARE_CHECK(console.print_line(trees_of(made.manifest)
                                         .add("checkpoint", Json(made.checkpoint))
                                         .add("filesWritten", made.files_written)
                                         .add("filesKept", made.files_kept)
                                         .add("bytesWritten", made.bytes_written)
                                         .add("holdsKeys", false)
                                         .add("holdsVault", false)));
    return Exit::done;
  }
  LIGGARE_CHECK(console.print(fmt::format(fmt::runtime(line(console, "line.ledger-backed-up")),
                                          *out, made.manifest.head.tree_size, made.files_written,
                                          made.files_kept)));
  LIGGARE_CHECK(console.print(line(console, "line.backup-without-keys")));
  return Exit::done;
}

Json json_of(const ledger::BackupReport& report) {
  Json findings = Json::array();
  for (const ledger::BackupFinding& each : report.findings) {
    findings.push(Json::object()
                      .add("code", each.code)
                      .add("place", each.place)
                      .add("expected", each.expected)
                      .add("found", each.found));
  }
  Json json = Json::object().add("verdict", report.findings.empty() ? "intact" : "damaged");
  if (report.manifest) {
    const Json trees = trees_of(*report.manifest);
    for (const auto& [name, value] : *trees.as_object()) json.add(name, value);
  }
  return json.add("leaves", report.leaves)
      .add("signatureChecked", report.is_signature_checked)
      .add("covered", Json(report.covered))
      .add("findings", std::move(findings));
}

Result<void> print_table(const ledger::BackupReport& report, Console& console) {
  const std::uint64_t size = report.manifest ? report.manifest->head.tree_size : 0;
  const std::string made = report.manifest ? report.manifest->made.text() : "?";
  LIGGARE_CHECK(console.print(fmt::format(
      fmt::runtime(
          line(console, report.findings.empty() ? "line.backup-intact" : "line.backup-damaged")),
      size, made, report.leaves, report.findings.size())));
  for (const ledger::BackupFinding& each : report.findings) {
    const Advice& advice = advice_for(backup_advice(), each.code);
    LIGGARE_CHECK(
        console.print(fmt::format("\n{} ({})\n  {}: {} / {}\n  -> {}\n", each.code, each.place,
                                  advice.meaning_in(console.style().language), each.expected,
                                  each.found, advice.todo_in(console.style().language))));
  }
  if (report.is_signature_checked) return {};
  return console.print(line(console, "line.backup-signature-not-checked"));
}

Result<Exit> verify(const Arguments& arguments, Console& console) {
  ledger::BackupCheckRequest request;
  if (const std::string* given = arguments.text("--vkey")) {
    LIGGARE_TRY(request.key, audit::read_given_key("--vkey", *given));
  }
  if (const std::string* file = arguments.text("--checkpoint")) {
    LIGGARE_TRY(request.checkpoint, note_in(*file));
  }
  std::optional<ProgressBar> bar(std::in_place, "backup verify");
  request.progress = [&](std::uint64_t done, std::uint64_t total) {
    bar->show(done, total, std::to_string(done) + " records");
  };
  LIGGARE_TRY(const auto report, ledger::check_backup(*arguments.text("BACKUP"), request));
  bar.reset();
  if (console.format() == Format::json) {
    LIGGARE_CHECK(console.print_line(json_of(report)));
  } else {
    LIGGARE_CHECK(print_table(report, console));
  }
  return report.findings.empty() ? Exit::done : Exit::finding;
}

Command verify_command_of_backup() {
  return {
      .name = "verify",
      .summary = "checks a backup where it lies, without restoring it",
      .details =
          "Reads every file, hashes every event and every record of the access log, and compares\n"
          "the trees with the manifest and the checkpoint in it. With --vkey the signature of the\n"
          "manifest, too; with --checkpoint that the backup is not older. Exit code 1 where\n"
          "something is wrong, with the place.",
      .arguments = {{"BACKUP", "", "the folder", Argument::Presence::required},
                    {"--vkey", "KEY|@FILE", "the ledger's verifier key (liggare vkey)"},
                    {"--checkpoint", "FILE", "a checkpoint that was kept elsewhere"}},
      .formats = {Format::table, Format::json},
      .examples = {{"liggare backup verify /backup/town --vkey @town.vkey --checkpoint "
                    "town.checkpoint",
                    "That the backup is whole, the ledger's own, and new enough."}},
      .children = {},
      .run = verify};
}

}  // namespace

Command backup_command_of_ledger() {
  return {
      .name = "backup",
      .summary = "makes a backup of the ledger, or checks one",
      .details =
          "Beside a writer, too. Run again on the same folder it adds what is new. It holds the\n"
          "events, the access log and the certificates of erasures, never a key and not the\n"
          "vault: `liggare vault backup` is apart.",
      .arguments = {{"--out", "DIR", "where; an earlier backup there grows"}},
      .formats = {Format::table, Format::json},
      .examples = {{"liggare backup --out /backup/town", "Every hour."},
                   {"liggare backup verify /backup/town", "Every night."}},
      .children = {verify_command_of_backup()},
      .run = make};
}

}  // namespace liggare::tools
