// Signed notes (C2SP signed-note): a text, and signatures of keys that are known by name and id.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "merkle/verifier_key.h"

namespace liggare::merkle {

// One line "— name base64(key id ‖ bytes)".
struct NoteSignature {
  std::string name;
  std::uint32_t key_id = 0;
  std::string bytes;  // Ed25519: 64; cosignature/v1: 72.

  bool is_of(const VerifierKey& key) const { return name == key.name && key_id == key.id(); }
  // With its line feed.
  std::string line() const;
  // Reads what line() gives. invalid_argument for anything else.
  static Result<NoteSignature> parse(std::string_view line);
  bool operator==(const NoteSignature&) const = default;
};

inline constexpr std::size_t note_bytes_max = 1'000'000;
inline constexpr std::size_t note_signatures_max = 100;

struct SignedNote {
  std::string text;  // Ends in a line feed.
  std::vector<NoteSignature> signatures;

  // The note as it is sent and stored.
  std::string print() const;
  // invalid_argument unless `note` is a text that ends in LF, an empty line and at least one
  // signature line, in UTF-8, with no control byte but LF, within the limits above; print() gives
  // back the same bytes.
  static Result<SignedNote> parse(std::string_view note);
  bool operator==(const SignedNote&) const = default;
};

// Whether the note carries a signature of `key`: false where it carries none, corrupt where it
// carries one that is bad, also beside a good one, invalid_argument for a key of another type than
// ed25519.
Result<bool> is_signed_by(const SignedNote& note, const VerifierKey& key);

}  // namespace liggare::merkle
