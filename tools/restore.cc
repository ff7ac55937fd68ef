#include "ledger/restore.h"

#include "audit/given_key.h"
#include "base/bytes.h"
#include "tools/actor.h"
#include "tools/checkpoint_file.h"
#include "tools/commands.h"
#include "tools/console.h"
#include "tools/progress_bar.h"
#include "tools/tell_refused.h"

namespace liggare::tools {
namespace {

Json json_of(const ledger::RestoredLedger& done) {
  Json rolled_back;
  if (done.rolled_back_from) {
    rolled_back = Json::object()
                      .add("fromSize", done.rolled_back_from->tree_size)
                      .add("fromRoot", to_hex(done.rolled_back_from->root_hash.view()));
  }
  return Json::object()
      .add("origin", done.manifest.identity.origin)
      .add("size", done.head.tree_size)
      .add("rootHash", to_hex(done.head.root_hash.view()))
      .add("backupSize", done.manifest.head.tree_size)
      .add("backupMade", done.manifest.made.text())
      .add("anchors", Json::list(done.anchors))
      .add("signed", Json(done.is_signed))
      .add("rolledBack", std::move(rolled_back))
      .add("mustChangeKey", done.must_change_key)
      .add("accessRecordsKept", done.access_records_kept)
      .add("hasVault", done.has_vault)
      .add("aside", done.aside ? Json(done.aside->string()) : Json());
}

Result<void> print_table(const ledger::RestoredLedger& done, Console& console) {
  LIGGARE_CHECK(console.print_text("line.restored", done.manifest.head.tree_size,
                                   done.manifest.made.text(),
                                   to_hex(done.manifest.head.root_hash.view())));
  if (done.rolled_back_from) {
    LIGGARE_CHECK(console.print_text("line.rolled-back", done.rolled_back_from->tree_size));
  }
  if (done.must_change_key) {
    LIGGARE_CHECK(console.print_text("line.key-to-change"));
  }
  if (done.anchors.empty()) {
    LIGGARE_CHECK(console.print_text("line.restored-unanchored"));
  }
  if (done.is_signed == false) {
    LIGGARE_CHECK(console.print_text("line.restored-unsigned"));
  }
  if (done.aside) {
    LIGGARE_CHECK(console.print_text("line.ledger-aside", done.aside->string()));
  }
  return console.print_text(done.has_vault ? "line.restored-with-vault"
                                           : "line.restored-without-vault");
}

Result<Exit> run_restore(const Arguments& arguments, Console& console) {
  LIGGARE_TRY(const auto folders, console.folders());
  ledger::LedgerRestoreRequest request;
  request.backup = *arguments.text("BACKUP");
  LIGGARE_TRY(request.actor, actor_of(arguments));
  if (const std::string* reason = arguments.text("--accept-rollback")) {
    if (reason->find_first_not_of(" \t") == std::string::npos) {
      return fail(ErrorCode::invalid_argument,
                  "--accept-rollback takes the reason: the ledger tells it for ever");
    }
    request.accept_rollback = *reason;
  }
  if (const std::string* given = arguments.text("--vkey")) {
    LIGGARE_TRY(request.key, audit::read_given_key("--vkey", *given));
  }
  if (const std::string* file = arguments.text("--checkpoint")) {
    LIGGARE_TRY(request.checkpoint, note_in(*file));
  }
  std::optional<ProgressBar> bar(std::in_place, "restore");
  request.progress = [&](std::uint64_t done, std::uint64_t total) {
    bar->show(done, total, std::to_string(done) + " records");
  };
  LIGGARE_TRY(const auto done, ledger::restore_ledger(folders, request));
  bar.reset();
  if (!done) return tell_refused({done.error()}, console);
  if (console.format() == Format::json) {
    LIGGARE_CHECK(console.print_line(json_of(*done)));
  } else {
    LIGGARE_CHECK(print_table(*done, console));
  }
  return Exit::done;
}

}  // namespace

Command restore_command_of_ledger() {
  return {
      .name = "restore",
      .summary = "makes the ledger's folder of a backup, and never goes back unasked",
      .details =
          "The folder is new, or a ledger that is lost or damaged: that one is put aside, its\n"
          "vault goes over, and nothing of it is changed until the new one stands. Exit code 1\n"
          "where the backup is older than HEAD, SIGNED or the checkpoint say, or of another\n"
          "history. --accept-rollback goes back to an older one, and the ledger says so for ever.",
      .arguments = {{"BACKUP", "", "the folder that `liggare backup` made",
                     Argument::Presence::required},
                    {"--checkpoint", "FILE", "a checkpoint that was kept elsewhere"},
                    {"--vkey", "KEY|@FILE", "the key it is signed by; that of --keys otherwise"},
                    {"--accept-rollback", "REASON", "go back, and why"},
                    actor_argument()},
      .formats = {Format::table, Format::json},
      .examples = {{"liggare restore /backup/town --ledger town --checkpoint town.checkpoint",
                    "After the disk failed."},
                   {"liggare restore /backup/town --ledger rehearsal",
                    "A rehearsal: to a new folder, without keys."}},
      .children = {},
      .run = run_restore};
}

}  // namespace liggare::tools
