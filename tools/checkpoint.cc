#include "base/bytes.h"
#include "ledger/access_checkpoint.h"
#include "ledger/checkpoints.h"
#include "tools/checkpoint_file.h"
#include "tools/commands.h"
#include "tools/console.h"
#include "tools/cosigning.h"

namespace liggare::tools {
namespace {

Json json_of(const ledger::NewestCheckpoint& newest) {
  std::vector<std::string> signers;
  for (const merkle::NoteSignature& line : newest.note.signatures) {
    std::string id;
    put_u32(id, line.key_id);
    signers.push_back(line.name + "+" + to_hex(id));
  }
  return Json::object()
      .add("origin", newest.checkpoint.origin)
      .add("size", newest.checkpoint.head.tree_size)
      .add("rootHash", to_hex(newest.checkpoint.head.root_hash.view()))
      .add("signatures", Json::list(signers))
      .add("checkpoint", newest.note.print());
}

Result<Exit> print(const ledger::NewestCheckpoint& newest, Console& console) {
  LIGGARE_CHECK(console.format() == Format::text ? console.print(newest.note.print())
                                                 : console.print_line(json_of(newest)));
  return Exit::done;
}

// Each year is a log of its own, and so is what is published of it.
Result<Exit> run_for_access_log(const Arguments& arguments,
                                const ledger::CheckpointOptions& options, Console& console) {
  if (arguments.text("--policy") != nullptr || arguments.text("--witness") != nullptr) {
    return fail(ErrorCode::invalid_argument,
                "witnesses cosign the ledger's checkpoints, whose seals cover the access log: "
                "--access takes neither --policy nor --witness");
  }
  LIGGARE_TRY(const auto ledger, console.open(ledger::Mode::read));
  LIGGARE_TRY(const auto newest, ledger::newest_access_checkpoint(*ledger, options));
  if (const std::string* folder = arguments.text("--publish")) {
    const std::string& origin = newest.checkpoint.origin;
    const std::filesystem::path year = origin.substr(origin.rfind('/') + 1);
    LIGGARE_CHECK(ledger::publish_checkpoint(newest.note, std::filesystem::path(*folder) / year));
  }
  return print(newest, console);
}

Result<Exit> run_checkpoint(const Arguments& arguments, Console& console) {
  LIGGARE_TRY(const CosigningOptions cosigning, cosigning_options(arguments));
  ledger::CheckpointOptions options;
  if (const std::string* file = arguments.text("--signed")) {
    LIGGARE_TRY(options.last_signed, note_in(*file));
  }
  if (arguments.has("--access")) return run_for_access_log(arguments, options, console);
  LIGGARE_TRY(const auto ledger, console.open(ledger::Mode::read));
  LIGGARE_TRY(auto newest, ledger::newest_checkpoint(*ledger, options));
  LIGGARE_TRY(newest.note, cosign(*ledger, newest, cosigning, console));
  if (const std::string* folder = arguments.text("--publish")) {
    LIGGARE_CHECK(ledger::publish_checkpoint(newest.note, *folder));
  }
  return print(newest, console);
}

}  // namespace

Command checkpoint_command() {
  return {
      .name = "checkpoint",
      .summary = "prints the newest checkpoint: the ledger's size and root, signed",
      .details =
          "Signs when the ledger has grown, and never anything that contradicts what was\n"
          "signed before: SIGNED, beside the key, remembers. A checkpoint that is held\n"
          "elsewhere proves later that nothing before it was changed; so publish it, and let\n"
          "witnesses cosign it. With --policy, fewer cosignatures than its quorum are an\n"
          "error: nothing is printed or published then.",
      .arguments = {{"--access", "", "of the newest year of the access log instead"},
                    {"--publish", "DIR",
                     "also write it to DIR/checkpoint and DIR/SIZE.checkpoint; with --access in "
                     "DIR/YEAR"},
                    {"--policy", "FILE",
                     "a C2SP tlog-policy: its witnesses are asked, its quorum is needed"},
                    {"--witness", "URL,…", "ask only these witnesses of the policy"},
                    {"--signed", "FILE",
                     "where SIGNED is lost: the newest checkpoint that left the machine"}},
      .formats = {Format::text, Format::json},
      .examples = {{"liggare checkpoint > town.checkpoint", "To keep elsewhere."},
                   {"liggare checkpoint --policy witnesses.txt --publish /srv/www/town",
                    "Cosigned by the policy's witnesses, for all to fetch."}},
      .children = {},
      .run = run_checkpoint};
}

}  // namespace liggare::tools
