#include "base/bytes.h"
#include "ledger/vault_care.h"
#include "tools/care_options.h"
#include "tools/commands.h"
#include "tools/console.h"
#include "tools/report_options.h"

namespace liggare::tools {
namespace {

bool for_people(const Console& console) { return console.format() == Format::table; }

Json json_of(const vault::BackupState& backup) {
  return Json::object()
      .add("id", backup.id)
      .add("label", backup.label)
      .add("made", backup.made)
      .add("expires", backup.expires)
      .add("key", backup.key_fingerprint)
      .add("state", vault::name_of(backup.state));
}

Json list_of(const std::vector<vault::BackupState>& backups) {
  Json list = Json::array();
  for (const vault::BackupState& each : backups) list.push(json_of(each));
  return list;
}

Json pending_json(const std::vector<vault::PendingErasure>& pending) {
  Json list = Json::array();
  for (const vault::PendingErasure& each : pending) list.push(each.erasure.decision);
  return list;
}

// Not of the ledger's clock: the vault is cared for while the ledger may be away.
Day today() { return SystemClock().now().ledger_day(); }

// Not required of the command, only of making a backup, so that one answer does for what is absent
// and for what is no day.
Result<Day> expiry_given(const Arguments& arguments) {
  const std::string* given = arguments.text("--expires");
  const auto day = given == nullptr ? std::nullopt : Day::parse(*given);
  if (day) return *day;
  return fail(ErrorCode::invalid_argument, "--expires takes a day, YYYY-MM-DD");
}

Result<Exit> show_status(const Arguments&, Console& console) {
  LIGGARE_TRY(const auto folders, console.folders());
  LIGGARE_TRY(const ledger::VaultStatus status, ledger::vault_status(folders, today()));
  const bool any_back = status.arrears && !status.arrears->empty();
  const Exit exit = status.report.findings.empty() && !any_back ? Exit::done : Exit::finding;
  if (!for_people(console)) {
    LIGGARE_CHECK(console.print_line(
        Json::object()
            .add("key", status.key_fingerprint)
            .add("classKeys", status.report.keys_opened)
            .add("keysDestroyed", status.report.keys_destroyed)
            .add("sectionsPunctured", status.report.sections_punctured)
            .add("numbers", status.report.numbers_opened)
            .add("pendingErasures", pending_json(status.pending))
            .add("backups", list_of(status.backups))
            .add("undoneErasures", status.arrears ? Json::list(*status.arrears) : Json())
            .add("findings", Json::list(status.report.findings))));
    return exit;
  }
  LIGGARE_CHECK(console.print_text("line.vault-status", status.key_fingerprint,
                                   status.report.keys_opened, status.report.keys_destroyed,
                                   status.report.sections_punctured, status.pending.size()));
  for (const std::string& finding : status.report.findings) {
    LIGGARE_CHECK(console.print(finding + "\n"));
  }
  if (!status.arrears) {
    LIGGARE_CHECK(console.print_text("line.vault-not-compared"));
  }
  for (const std::string& decision : status.arrears.value_or(std::vector<std::string>())) {
    LIGGARE_CHECK(console.print_text("line.erasure-undone", decision));
  }
  Json rows = Json::array();
  for (const vault::BackupState& each : status.backups) {
    rows.push(json_of(each).add("backup", each.id));
  }
  const auto columns =
      std::to_array<std::string_view>({"backup", "label", "made", "expires", "state"});
  LIGGARE_CHECK(console.print(render_table(rows, columns, console.style())));
  return exit;
}

Result<Exit> back_up(const Arguments& arguments, Console& console) {
  LIGGARE_TRY(const auto folders, console.folders());
  if (const std::string* deleted = arguments.text("--deleted")) {
    LIGGARE_CHECK(ledger::forget_backup(folders, *deleted));
    if (for_people(console)) {
      LIGGARE_CHECK(console.print_text("line.backup-deleted", *deleted));
    } else {
      LIGGARE_CHECK(console.print_line(Json::object().add("id", *deleted).add("state", "deleted")));
    }
    return Exit::done;
  }
  const std::string* out = arguments.text("--out");
  if (out == nullptr) {
    return fail(ErrorCode::invalid_argument,
                "vault backup wants --out DIR and --expires DAY, or --deleted ID");
  }
  LIGGARE_TRY(const Day expires, expiry_given(arguments));
  const std::string* label = arguments.text("--label");
  LIGGARE_TRY(const auto made,
              ledger::back_up_vault(folders, {*out, today(), expires, label ? *label : ""}));
  if (for_people(console)) {
    LIGGARE_CHECK(console.print_text("line.backup-made", made.id, *out, made.expires.text()));
  } else {
    LIGGARE_CHECK(console.print_line(json_of(made)));
  }
  return Exit::done;
}

Result<Exit> restore(const Arguments& arguments, Console& console) {
  LIGGARE_TRY(const auto ledger, console.open(ledger::Mode::read));
  ledger::RestoreRequest request;
  request.backup = *arguments.text("BACKUP");
  if (const std::string* key = arguments.text("--key-file")) request.key_file = *key;
  request.accepts_expired = arguments.has("--expired");
  LIGGARE_TRY(const auto restored, ledger::restore_vault(*ledger, request));
  if (for_people(console)) {
    LIGGARE_CHECK(console.print_text("line.vault-restored", restored.backup.id,
                                     restored.backup.made.text(), restored.key_ids.size(),
                                     restored.punctured));
    LIGGARE_CHECK(console.print_text("line.backups-unknown", restored.unknown.id));
    return Exit::done;
  }
  std::vector<std::string> keys;
  for (const std::string& each : restored.key_ids) keys.push_back(to_hex(each));
  LIGGARE_CHECK(console.print_line(Json::object()
                                       .add("backup", json_of(restored.backup))
                                       .add("keysDestroyed", Json::list(keys))
                                       .add("sectionsPunctured", restored.punctured)
                                       .add("unknownBackups", restored.unknown.id)));
  return Exit::done;
}

Result<Exit> rotate(const Arguments& arguments, Console& console) {
  LIGGARE_TRY(const auto folders, console.folders());
  std::optional<std::filesystem::path> keep;
  if (const std::string* file = arguments.text("--keep-old-key")) keep = *file;
  LIGGARE_TRY(const auto rotated, ledger::rotate_vault_key(folders, today(), keep));
  if (for_people(console)) {
    LIGGARE_CHECK(console.print_text("line.vault-rotated", rotated.old_fingerprint,
                                     rotated.new_fingerprint, rotated.rewritten.size()));
  } else {
    LIGGARE_CHECK(console.print_line(Json::object()
                                         .add("oldKey", rotated.old_fingerprint)
                                         .add("newKey", rotated.new_fingerprint)
                                         .add("rewritten", Json::list(rotated.rewritten))));
  }
  return Exit::done;
}

Result<Exit> verify(const Arguments&, Console& console) {
  LIGGARE_TRY(const auto ledger, console.open(ledger::Mode::read));
  LIGGARE_TRY(const auto verified, ledger::verify_vault(*ledger));
  if (for_people(console)) {
    LIGGARE_CHECK(console.print_text("line.vault-verified", verified.sections, verified.opened,
                                     verified.erased, verified.fenced, verified.findings.size()));
    for (const std::string& finding : verified.findings) {
      LIGGARE_CHECK(console.print(finding + "\n"));
    }
  } else {
    LIGGARE_CHECK(
        console.print_line(Json::object()
                               .add("verdict", verified.findings.empty() ? "intact" : "damaged")
                               .add("sections", verified.sections)
                               .add("opened", verified.opened)
                               .add("erased", verified.erased)
                               .add("fenced", verified.fenced)
                               .add("findings", Json::list(verified.findings))));
  }
  return verified.findings.empty() ? Exit::done : Exit::finding;
}

Command status_command() {
  return {
      .name = "status",
      .summary = "checks the vault's own bytes and lists its backups",
      .details =
          "Exit code 1 where something is wrong, also where the vault is an older one that was\n"
          "put back by hand: it has keys again that the ledger says were destroyed.",
      .arguments = {},
      .formats = {Format::table, Format::json},
      .examples = {{"liggare vault status", "While nothing writes to the ledger."}},
      .children = {},
      .run = show_status};
}

Command backup_command() {
  return {
      .name = "backup",
      .summary = "makes a backup of the vault that expires, or says that one was deleted",
      .details =
          "A backup can open what is erased after it was made, until it expires, is deleted,\n"
          "or its key is destroyed: `erase status` tells. It can't lie in the key folder or in\n"
          "the ledger's. Refused (fenced) while the vault has keys that were to be destroyed.",
      .arguments = {{"--out", "DIR", "where; must not exist"},
                    {"--expires", "DAY", "the last day that it may be used"},
                    {"--label", "TEXT", "what to call it"},
                    {"--deleted", "ID", "this backup is no more"}},
      .formats = {Format::table, Format::json},
      .examples = {{"liggare vault backup --out /backup/vault-17 --expires 2027-02-28",
                    "A copy for three months."},
                   {"liggare vault backup --deleted 5e1f…", "Its medium was destroyed."}},
      .children = {},
      .run = back_up};
}

Command restore_command() {
  return {
      .name = "restore",
      .summary = "makes the vault of a backup, less what was erased since",
      .details =
          "Move a vault that is there away first. Keys that the ledger says were destroyed are\n"
          "destroyed in the copy before it becomes the vault.",
      .arguments = {{"BACKUP", "", "the folder that `vault backup` made",
                     Argument::Presence::required},
                    {"--key-file", "FILE", "the backup's key, where it is another"},
                    {"--expired", "", "although its last day has passed"}},
      .formats = {Format::table, Format::json},
      .examples = {{"liggare vault restore /backup/vault-17", "After the disk failed."}},
      .children = {},
      .run = restore};
}

Command rotate_command() {
  return {.name = "rotate",
          .summary = "locks the vault with a new key and destroys the old one",
          .details =
              "Backups made under the old key can't be opened any more, unless it is kept. A\n"
              "change that was interrupted is ended.",
          .arguments = {{"--keep-old-key", "FILE", "keep the old key here, for backups"}},
          .formats = {Format::table, Format::json},
          .examples = {{"liggare vault rotate", "Once a year, or when the key was seen."}},
          .children = {},
          .run = rotate};
}

Command verify_command_of_vault() {
  return {.name = "verify",
          .summary = "opens every sealed section of the ledger and shows none",
          .details = "Checks that each is the JSON that was sealed, or was erased.",
          .arguments = {},
          .formats = {Format::table, Format::json},
          .examples = {{"liggare vault verify", "Before a backup is relied on."}},
          .children = {},
          .run = verify};
}

}  // namespace

Command vault_command() {
  return {.name = "vault",
          .summary = "cares for the key vault",
          .details = {},
          .arguments = {},
          .formats = {},
          .examples = {{"liggare vault verify", "Whether every section still opens."}},
          .children = {status_command(), backup_command(), restore_command(), rotate_command(),
                       verify_command_of_vault()},
          .run = nullptr};
}

}  // namespace liggare::tools
