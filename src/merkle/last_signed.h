// What a signer signed last, as it is written down beside its key (evidence, section 4: SIGNED).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "merkle/checkpoint.h"

namespace liggare::merkle {

// "vkey LF", then the newest checkpoint as it was signed, with its cosignatures; nothing more
// before the first one.
struct LastSigned {
  VerifierKey key;
  std::optional<SignedNote> note;

  std::string text() const;
  // corrupt for anything that text() would not give, or a note that the key has not signed.
  static Result<LastSigned> parse(std::string_view text);

  // The head that was signed; that of an empty tree before the first one. corrupt as parse().
  Result<TreeHead> head() const;
};

}  // namespace liggare::merkle
