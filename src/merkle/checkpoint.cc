#include "merkle/checkpoint.h"

#include "base/assertion.h"
#include "base/bytes.h"
#include "merkle/plain_text.h"

namespace liggare::merkle {
namespace {

Unexpected<Error> refuse(const std::string& why) {
  return fail(ErrorCode::invalid_argument, "checkpoint: " + why);
}

}  // namespace

std::string Checkpoint::text() const {
  return origin + "\n" + std::to_string(head.tree_size) + "\n" + to_base64(head.root_hash.view()) +
         "\n";
}

Result<Checkpoint> Checkpoint::parse(std::string_view text) {
  if (!is_note_text(text)) return refuse("control bytes, or not UTF-8");
  std::string_view rest = text;
  const auto origin = take_line(rest);
  const auto size = take_line(rest);
  const auto root = take_line(rest);
  if (!origin || !size || !root || !rest.empty()) return refuse("not of three lines");
  if (origin->empty()) return refuse("no origin");
  const auto tree_size = parse_decimal(*size);
  if (!tree_size) return refuse("the size is " + tree_size.error().message);
  const auto hash = from_base64(*root);
  if (!hash || hash->size() != hash_bytes) return refuse("the root is not 32 bytes in base64");
  return Checkpoint{std::string(*origin), {*tree_size, Hash::from(*hash)}};
}

SignedNote sign_checkpoint(const Checkpoint& checkpoint, std::span<const SigningKey> keys) {
  SignedNote note{checkpoint.text(), {}};
  for (const SigningKey& key : keys) {
    const VerifierKey& verifier = key.verifier();
    LIGGARE_ASSERT(verifier.name == checkpoint.origin, "a checkpoint signed by another log's key");
    LIGGARE_ASSERT(verifier.type == KeyType::ed25519, "a checkpoint signed by a witness's key");
    note.signatures.push_back({verifier.name, verifier.id(), key.sign(note.text)});
  }
  return note;
}

Result<Checkpoint> open_checkpoint(const SignedNote& note, const VerifierKey& log) {
  LIGGARE_TRY(const bool is_signed, is_signed_by(note, log));
  if (!is_signed) return refuse("no signature of " + log.name + " by the key given");
  LIGGARE_TRY(Checkpoint checkpoint, Checkpoint::parse(note.text));
  if (checkpoint.origin != log.name) return refuse("of " + checkpoint.origin + ", not " + log.name);
  return checkpoint;
}

}  // namespace liggare::merkle
