#include "merkle/last_signed.h"

namespace liggare::merkle {

std::string LastSigned::text() const { return key.text() + "\n" + (note ? note->print() : ""); }

Result<LastSigned> LastSigned::parse(std::string_view text) {
  const auto end = text.find('\n');
  auto key = VerifierKey::parse(text.substr(0, end));
  if (end == std::string_view::npos || !key) {
    return fail(ErrorCode::corrupt, "it does not begin with a verifier key");
  }
  LastSigned last{*std::move(key), std::nullopt};
  const std::string_view rest = text.substr(end + 1);
  if (rest.empty()) return last;
  auto note = SignedNote::parse(rest);
  if (!note) return fail(ErrorCode::corrupt, "it holds no checkpoint: " + note.error().message);
  last.note = *std::move(note);
  LIGGARE_CHECK(last.head());
  return last;
}

Result<TreeHead> LastSigned::head() const {
  if (!note) return TreeHead{};
  const auto checkpoint = open_checkpoint(*note, key);
  if (!checkpoint) return fail(ErrorCode::corrupt, checkpoint.error().message);
  return checkpoint->head;
}

}  // namespace liggare::merkle
