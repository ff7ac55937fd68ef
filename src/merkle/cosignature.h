// Cosignatures of witnesses over checkpoints (C2SP tlog-cosignature, cosignature/v1).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "merkle/signed_note.h"

namespace liggare::merkle {

// What a witness signs: "cosignature/v1 LF time <decimal> LF <checkpoint text>".
std::string cosignature_message(std::uint64_t posix_seconds, std::string_view checkpoint_text);

// A witness's signature line. Requires a key of type cosignature_v1 and a time below 2^63.
NoteSignature cosign(std::string_view checkpoint_text, const SigningKey& witness,
                     std::uint64_t posix_seconds);

// When `witness` cosigned the note, in POSIX seconds: the latest where it did so several times.
// Nothing where it did not, corrupt where a signature of its key is bad, invalid_argument for a key
// of another type than cosignature_v1.
Result<std::optional<std::uint64_t>> cosigned_at(const SignedNote& note,
                                                 const VerifierKey& witness);

}  // namespace liggare::merkle
