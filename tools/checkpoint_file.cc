#include "tools/checkpoint_file.h"

#include "base/file.h"

namespace liggare::tools {

Result<merkle::SignedNote> note_in(const std::string& file) {
  LIGGARE_TRY(const std::string text, read_file(file));
  auto note = merkle::SignedNote::parse(text);
  if (!note) return fail(ErrorCode::invalid_argument, file + ": " + note.error().message);
  return note;
}

Result<ledger::NewestCheckpoint> checkpoint_for(const ledger::Ledger& ledger,
                                                const Arguments& arguments) {
  const std::string* file = arguments.text("--checkpoint");
  if (file == nullptr) return ledger::newest_checkpoint(ledger);
  LIGGARE_TRY(auto note, note_in(*file));
  LIGGARE_TRY(auto checkpoint, ledger::accept_checkpoint(ledger, note));
  return ledger::NewestCheckpoint{std::move(note), std::move(checkpoint)};
}

Argument checkpoint_argument() {
  return {"--checkpoint", "FILE",
          "a checkpoint of this ledger, such as a cosigned one; the newest otherwise"};
}

}  // namespace liggare::tools
