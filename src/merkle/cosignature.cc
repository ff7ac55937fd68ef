#include "merkle/cosignature.h"

#include <algorithm>
#include <limits>

#include "base/assertion.h"
#include "base/bytes.h"

namespace liggare::merkle {
namespace {

constexpr std::size_t time_bytes = 8;
constexpr auto time_max = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());

// When `signature`, of the witness's name and id, was made; nothing where it is bad.
std::optional<std::uint64_t> time_of(const NoteSignature& signature, const VerifierKey& witness,
                                     std::string_view checkpoint_text) {
  const std::string_view bytes = signature.bytes;
  if (bytes.size() != time_bytes + signature_bytes) return std::nullopt;
  const std::uint64_t time = get_u64(bytes);
  const bool holds =
      witness.holds(cosignature_message(time, checkpoint_text), bytes.substr(time_bytes));
  return holds && time <= time_max ? std::optional(time) : std::nullopt;
}

}  // namespace

std::string cosignature_message(std::uint64_t posix_seconds, std::string_view checkpoint_text) {
  std::string message = "cosignature/v1\ntime " + std::to_string(posix_seconds) + "\n";
  return message.append(checkpoint_text);
}

NoteSignature cosign(std::string_view checkpoint_text, const SigningKey& witness,
                     std::uint64_t posix_seconds) {
  const VerifierKey& key = witness.verifier();
  LIGGARE_ASSERT(key.type == KeyType::cosignature_v1,
                 "a cosignature by a key that is no witness's");
  LIGGARE_ASSERT(posix_seconds <= time_max, "a time of 2^63 seconds");
  std::string bytes;
  put_u64(bytes, posix_seconds);
  bytes += witness.sign(cosignature_message(posix_seconds, checkpoint_text));
  return {key.name, key.id(), std::move(bytes)};
}

Result<std::optional<std::uint64_t>> cosigned_at(const SignedNote& note,
                                                 const VerifierKey& witness) {
  if (witness.type != KeyType::cosignature_v1) {
    return fail(ErrorCode::invalid_argument, witness.name + ": not a witness's key");
  }
  std::optional<std::uint64_t> latest;
  for (const NoteSignature& signature : note.signatures) {
    if (!signature.is_of(witness)) continue;
    const auto time = time_of(signature, witness, note.text);
    if (!time) {
      return fail(ErrorCode::corrupt,
                  "the cosignature of " + witness.name + " is not over this checkpoint");
    }
    // Nothing is less than any time.
    latest = std::max(latest, time);
  }
  return latest;
}

}  // namespace liggare::merkle
