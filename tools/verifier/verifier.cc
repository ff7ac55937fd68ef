#include "tools/verifier/verifier.h"

#include <utility>

#include "audit/bundle_check.h"
#include "audit/checkpoint_check.h"
#include "audit/consistency_check.h"
#include "audit/given_key.h"
#include "audit/proof_check.h"
#include "audit/tile_check.h"
#include "audit/whole_file.h"
#include "codec/record.h"
#include "merkle/signed_note.h"
#include "tools/console.h"
#include "tools/verifier/render_outcome.h"

namespace liggare::tools {
namespace {

using audit::Checked;
using audit::Outcome;
using audit::Trust;

constexpr std::size_t proof_bytes_max = merkle::note_bytes_max + 100'000;

Result<void> check_trust_given(const Arguments& arguments) {
  if (const std::string* key = arguments.text("--vkey")) {
    return audit::check_given_key("--vkey", *key);
  }
  if (arguments.has("--policy")) return {};
  return fail(ErrorCode::invalid_argument,
              "a verdict rests on a key from outside: give --vkey KEY or --vkey @FILE, or a "
              "--policy FILE that names the log");
}

Checked<Trust> trust_of(const Arguments& arguments,
                        const std::optional<std::filesystem::path>& checked_folder) {
  audit::TrustOptions options;
  if (const std::string* key = arguments.text("--vkey")) options.key = *key;
  if (const std::string* policy = arguments.text("--policy")) options.policy = *policy;
  options.checked_folder = checked_folder;
  return audit::read_trust(options);
}

Checked<Outcome> bundle(const Arguments& arguments) {
  const std::filesystem::path folder = *arguments.text("DIR");
  LIGGARE_TRY(const Trust trust, trust_of(arguments, folder));
  return audit::check_bundle(folder, trust);
}

Checked<Outcome> proof(const Arguments& arguments) {
  const std::string& proof_file = *arguments.text("FILE");
  const std::string& leaf_file = *arguments.text("--leaf");
  LIGGARE_TRY(const Trust trust, trust_of(arguments, std::nullopt));
  LIGGARE_TRY(const std::string proof_text, audit::read_named(proof_file, proof_bytes_max));
  LIGGARE_TRY(const std::string leaf, audit::read_named(leaf_file, codec::record_bytes_max));
  return audit::check_proof({proof_text, leaf, proof_file, leaf_file}, trust);
}

Checked<Outcome> tiles(const Arguments& arguments) {
  const std::filesystem::path folder = *arguments.text("DIR");
  LIGGARE_TRY(const Trust trust, trust_of(arguments, folder));
  const std::string* old_file = arguments.text("--old");
  if (old_file == nullptr) return audit::check_tiles(folder, trust);
  LIGGARE_TRY(const std::string note, audit::read_named(*old_file, merkle::note_bytes_max));
  return audit::check_tiles(folder, trust, audit::OldCheckpoint{note, *old_file});
}

Checked<Outcome> consistency(const Arguments& arguments) {
  const std::string& old_file = *arguments.text("OLD");
  const std::string& new_file = *arguments.text("NEW");
  const std::string& proof_file = *arguments.text("--proof");
  LIGGARE_TRY(const Trust trust, trust_of(arguments, std::nullopt));
  LIGGARE_TRY(const std::string older, audit::read_named(old_file, merkle::note_bytes_max));
  LIGGARE_TRY(const std::string newer, audit::read_named(new_file, merkle::note_bytes_max));
  LIGGARE_TRY(const std::string hashes, audit::read_named(proof_file, proof_bytes_max));
  return audit::check_consistency({older, newer, hashes, old_file, new_file, proof_file}, trust);
}

Checked<Outcome> checkpoint(const Arguments& arguments) {
  const std::string& file = *arguments.text("FILE");
  LIGGARE_TRY(const Trust trust, trust_of(arguments, std::nullopt));
  LIGGARE_TRY(const std::string note, audit::read_named(file, merkle::note_bytes_max));
  return audit::check_checkpoint(note, trust, file);
}

using Check = Checked<Outcome> (*)(const Arguments&);

std::function<Result<Exit>(const Arguments&, Console&)> running(Check check, Evidence evidence) {
  return [check, evidence](const Arguments& arguments, Console& console) -> Result<Exit> {
    LIGGARE_CHECK(check_trust_given(arguments));
    const Checked<Outcome> checked = check(arguments);
    Outcome outcome;
    if (checked) {
      outcome = *checked;
    } else {
      outcome.refusal = checked.error();
    }
    LIGGARE_CHECK(console.format() == Format::table
                      ? console.print(text_of(outcome, evidence, console.style()))
                      : console.print_line(json_of(outcome)));
    return exit_of(outcome.verdict());
  };
}

constexpr auto required = Argument::Presence::required;

Command bundle_command() {
  return {.name = "bundle",
          .summary = "checks a bundle: its events, and that none of the stream is left out",
          .details =
              "DIR is a folder that liggare bundle wrote. Complete means: according to the\n"
              "seal that the bundle holds; what came after it is said not to be checked.",
          .arguments = {{"DIR", "", "the bundle's folder", required}},
          .formats = {Format::table, Format::json},
          .examples = {{"liggare-verify bundle P1042 --vkey @town.vkey",
                        "Checks the bundle P1042 with a key that was fetched elsewhere."}},
          .children = {},
          .run = running(bundle, Evidence::bundle)};
}

Command proof_command() {
  return {.name = "proof",
          .summary = "checks that one event stands in the ledger",
          .details = "FILE is a tlog-proof as liggare prove writes it.",
          .arguments = {{"FILE", "", "the proof", required},
                        {"--leaf", "FILE", "the event's stored bytes", required}},
          .formats = {Format::table, Format::json},
          .examples = {{"liggare-verify proof 7.tlog-proof --leaf 7.leaf --vkey @town.vkey",
                        "Checks that the leaf stands at position 7."}},
          .children = {},
          .run = running(proof, Evidence::files)};
}

Command tiles_command() {
  return {.name = "tiles",
          .summary = "checks a folder of tiles: every entry and every hash, up to the root",
          .details =
              "DIR is a folder that liggare export --tiles wrote, or a copy of what a\n"
              "server serves. With --old also that the ledger only grew since then.",
          .arguments = {{"DIR", "", "the folder with checkpoint and tile", required},
                        {"--old", "FILE", "an older checkpoint that was kept elsewhere"}},
          .formats = {Format::table, Format::json},
          .examples = {{"liggare-verify tiles town --vkey @town.vkey --old 2025.checkpoint",
                        "Checks everything, and that nothing from before was changed."}},
          .children = {},
          .run = running(tiles, Evidence::tiles)};
}

Command consistency_command() {
  return {.name = "consistency",
          .summary = "checks that the ledger only grew from one checkpoint to another",
          .details = "The proof is what liggare prove --consistency OLD prints.",
          .arguments = {{"OLD", "", "the older checkpoint", required},
                        {"NEW", "", "the newer checkpoint", required},
                        {"--proof", "FILE", "the hashes, one a line", required}},
          .formats = {Format::table, Format::json},
          .examples = {{"liggare-verify consistency 2025.checkpoint checkpoint --proof hashes "
                        "--vkey @town.vkey",
                        "Checks that nothing from before 2025.checkpoint was changed."}},
          .children = {},
          .run = running(consistency, Evidence::files)};
}

Command checkpoint_command() {
  return {.name = "checkpoint",
          .summary = "checks who signed a checkpoint, and who cosigned it when",
          .details =
              "FILE is what liggare checkpoint prints, or a server's checkpoint. With --policy\n"
              "its quorum has to have cosigned. Of the events it says nothing.",
          .arguments = {{"FILE", "", "the checkpoint", required}},
          .formats = {Format::table, Format::json},
          .examples = {{"liggare-verify checkpoint 2026-11-24.checkpoint --vkey @town.vkey",
                        "Checks that the ledger's key signed it."},
                       {"liggare-verify checkpoint checkpoint --vkey @town.vkey --policy "
                        "witnesses.policy",
                        "Checks besides that enough of the policy's witnesses cosigned it."}},
          .children = {},
          .run = running(checkpoint, Evidence::files)};
}

std::vector<Argument> arguments_of_all() {
  std::vector<Argument> arguments = {
      {"--vkey", "KEY|@FILE", "the log's verifier key, from outside what is checked"},
      {"--policy", "FILE", "whose cosignatures are demanded; its logs serve as --vkey"}};
  for (Argument& argument : answering_arguments()) arguments.push_back(std::move(argument));
  return arguments;
}

}  // namespace

Command verifier() {
  return {.name = "liggare-verify",
          .summary = "checks what a ledger proves, offline and without the ledger",
          .details =
              "The verdict rests on a key that you bring: fetched from elsewhere than what is\n"
              "checked. Exit codes: 0 VERIFIED, 1 TAMPERED (it says where), 3 CANNOT TELL\n"
              "(malformed, missing, not signed with the key), 2 wrong usage.",
          .arguments = arguments_of_all(),
          .formats = {},
          .examples = {{"liggare-verify bundle P1042 --vkey @town.vkey",
                        "Checks everything that a bundle shows."},
                       {"liggare-verify tiles town --policy witnesses.policy --format json",
                        "Demands the cosignatures of the policy; answers as JSON."}},
          .children = {bundle_command(), checkpoint_command(), proof_command(), tiles_command(),
                       consistency_command()},
          .run = nullptr};
}

}  // namespace liggare::tools
