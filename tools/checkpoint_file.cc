#include "tools/checkpoint_file.h"

#include "base/file.h"
#include "tools/console.h"
#include "tools/cosigning.h"

namespace liggare::tools {

Result<merkle::SignedNote> note_in(const std::string& file) {
  LIGGARE_TRY(const std::string text, read_file_or_pipe(file));
  auto note = merkle::SignedNote::parse(text);
  if (!note) return fail(ErrorCode::invalid_argument, file + ": " + note.error().message);
  return note;
}

Result<ledger::NewestCheckpoint> checkpoint_for(ledger::Ledger& ledger, const Arguments& arguments,
                                                Console& console) {
  LIGGARE_TRY(const CosigningOptions cosigning, cosigning_options(arguments));
  if (const std::string* file = arguments.text("--checkpoint")) {
    if (cosigning.policy) {
      return fail(ErrorCode::invalid_argument,
                  "--policy goes with the newest checkpoint, not with --checkpoint");
    }
    LIGGARE_TRY(auto note, note_in(*file));
    LIGGARE_TRY(auto checkpoint, ledger::accept_checkpoint(ledger, note));
    return ledger::NewestCheckpoint{std::move(note), std::move(checkpoint)};
  }
  LIGGARE_TRY(auto newest, ledger::newest_checkpoint(ledger));
  LIGGARE_TRY(newest.note, cosign(ledger, newest, cosigning, console));
  if (newest.has_lost_cosignatures && !cosigning.policy) {
    console.note(
        "the newest checkpoint has no cosignatures yet, the one before it had; --policy FILE asks "
        "the witnesses, --checkpoint FILE takes a cosigned one");
  }
  return newest;
}

std::vector<Argument> checkpoint_arguments() {
  return {
      {"--checkpoint", "FILE",
       "a checkpoint of this ledger, such as a cosigned one; the newest otherwise"},
      {"--policy", "FILE", "have the policy's witnesses cosign the newest; its quorum is needed"},
      {"--witness", "URL,…", "with --policy: ask only these witnesses"}};
}

}  // namespace liggare::tools
