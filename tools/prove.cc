#include <filesystem>

#include "base/bytes.h"
#include "base/file.h"
#include "ledger/proofs.h"
#include "tools/checkpoint_file.h"
#include "tools/commands.h"
#include "tools/console.h"
#include "tools/event_place.h"

namespace liggare::tools {
namespace {

namespace fs = std::filesystem;

Json json_of(const ledger::NewestCheckpoint& newest, const merkle::ProofFile& proof,
             const std::string& leaf, Json event) {
  Json path = Json::array();
  for (const Hash& hash : proof.path) path.push(to_hex(hash.view()));
  return Json::object()
      .add("origin", newest.checkpoint.origin)
      .add("position", proof.index)
      .add("leafHash", to_hex(merkle::leaf_hash(leaf).view()))
      .add("size", newest.checkpoint.head.tree_size)
      .add("rootHash", to_hex(newest.checkpoint.head.root_hash.view()))
      .add("path", std::move(path))
      .add("event", std::move(event));
}

Result<Exit> prove_event(const std::string& name, const std::string& folder,
                         const Arguments& arguments, Console& console) {
  LIGGARE_TRY(const auto ledger, console.open(ledger::Mode::read));
  LIGGARE_TRY(const std::uint64_t position, position_named(*ledger, name));
  LIGGARE_TRY(const auto newest, checkpoint_for(*ledger, arguments, console));
  LIGGARE_TRY(const auto proof, ledger::prove(*ledger, position, newest.note));
  LIGGARE_TRY(const std::string leaf, ledger->leaf(position));
  LIGGARE_TRY(Json event, ledger->history_entry(position));
  const Json readable = json_of(newest, proof, leaf, std::move(event));

  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return fail(ErrorCode::io, folder + ": " + error.message());
  const std::string stem = (fs::path(folder) / std::to_string(position)).string();
  LIGGARE_CHECK(replace_file(stem + ".leaf", leaf, Readers::everyone));
  LIGGARE_CHECK(replace_file(stem + ".tlog-proof", proof.print(), Readers::everyone));
  LIGGARE_CHECK(replace_file(stem + ".json", readable.text() + "\n", Readers::everyone));
  if (console.format() == Format::json) {
    LIGGARE_CHECK(console.print_line(Json::object()
                                         .add("position", position)
                                         .add("size", newest.checkpoint.head.tree_size)
                                         .add("leaf", stem + ".leaf")
                                         .add("proof", stem + ".tlog-proof")
                                         .add("readable", stem + ".json")));
    return Exit::done;
  }
  LIGGARE_CHECK(console.print(stem + ".leaf\n" + stem + ".tlog-proof\n" + stem + ".json\n"));
  return Exit::done;
}

Result<Exit> prove_growth(const std::string& old_file, const Arguments& arguments,
                          Console& console) {
  LIGGARE_TRY(const auto old_note, note_in(old_file));
  LIGGARE_TRY(const auto ledger, console.open(ledger::Mode::read));
  LIGGARE_TRY(const auto old_checkpoint, ledger::accept_checkpoint(*ledger, old_note));
  LIGGARE_TRY(const auto newest, checkpoint_for(*ledger, arguments, console));
  const std::uint64_t old_size = old_checkpoint.head.tree_size;
  const std::uint64_t size = newest.checkpoint.head.tree_size;
  LIGGARE_TRY(const auto proof, ledger::prove_growth(*ledger, old_size, size));
  if (console.format() == Format::text) {
    LIGGARE_CHECK(console.print(merkle::print_hashes(proof.path)));
    return Exit::done;
  }
  Json path = Json::array();
  for (const Hash& hash : proof.path) path.push(to_base64(hash.view()));
  LIGGARE_CHECK(console.print_line(Json::object()
                                       .add("oldSize", old_size)
                                       .add("size", size)
                                       .add("path", std::move(path))
                                       .add("checkpoint", newest.note.print())));
  return Exit::done;
}

Result<Exit> run_prove(const Arguments& arguments, Console& console) {
  const std::string* event = arguments.text("EVENT");
  const std::string* out = arguments.text("--out");
  const std::string* old = arguments.text("--consistency");
  if (old != nullptr && event == nullptr && out == nullptr) {
    return prove_growth(*old, arguments, console);
  }
  if (old == nullptr && event != nullptr && out != nullptr) {
    return prove_event(*event, *out, arguments, console);
  }
  return fail(ErrorCode::invalid_argument,
              "liggare prove takes an event with --out DIR, or --consistency OLD_CHECKPOINT; see "
              "liggare prove --help");
}

}  // namespace

Command prove_command() {
  return {
      .name = "prove",
      .summary = "writes the proof that an event is in the ledger, or that the ledger only grew",
      .details =
          "For an event: DIR/POSITION.leaf, the stored bytes; DIR/POSITION.tlog-proof, the\n"
          "proof with its checkpoint (C2SP tlog-proof); DIR/POSITION.json, both to read.\n"
          "With --consistency: one base64 hash a line, up to the newest checkpoint.\n"
          "liggare-verify checks both, without the ledger.",
      .arguments =
          joined({{"EVENT", "", "an event's id or position"},
                  {"--out", "DIR", "where the three files go"},
                  {"--consistency", "FILE", "an older checkpoint that the ledger grew from"}},
                 checkpoint_arguments()),
      .formats = {Format::text, Format::json},
      .examples = {{"liggare prove lk-00012 --out proof", "That the event is in the ledger."},
                   {"liggare prove --consistency town.checkpoint > growth",
                    "That everything of town.checkpoint is still there, unchanged."}},
      .children = {},
      .run = run_prove};
}

}  // namespace liggare::tools
