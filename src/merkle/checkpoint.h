// Checkpoints: tree heads that a log has signed (C2SP tlog-checkpoint).
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "merkle/signed_note.h"
#include "merkle/tree.h"

namespace liggare::merkle {

struct Checkpoint {
  std::string origin;
  TreeHead head;

  // "origin LF size LF base64(root) LF"
  std::string text() const;
  // invalid_argument for anything that text() would not give, extension lines included.
  static Result<Checkpoint> parse(std::string_view text);
  bool operator==(const Checkpoint&) const = default;
};

// The note of `checkpoint`, signed by each of `keys`, whose names are the origin.
SignedNote sign_checkpoint(const Checkpoint& checkpoint, std::span<const SigningKey> keys);

// What `note` says, signed by `log`: invalid_argument where it is no checkpoint, is another
// origin's than the key's name, or carries no signature of the key; corrupt where its signature is
// bad. The caller's own key, never one that came with the note.
Result<Checkpoint> open_checkpoint(const SignedNote& note, const VerifierKey& log);

}  // namespace liggare::merkle
