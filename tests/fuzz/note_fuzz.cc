#include "merkle/checkpoint.h"
#include "merkle/cosignature.h"
#include "tests/fuzz/targets.h"

namespace liggare::fuzz {
namespace {

using merkle::NoteSignature;
using merkle::SignedNote;
using merkle::VerifierKey;

// The key whose name and id the signature bears: so that it is looked into, and found bad.
VerifierKey forged_signer(const NoteSignature& signature) {
  return {signature.name, merkle::KeyType::ed25519, {}};
}

void look_into(const SignedNote& note) {
  static const VerifierKey witness =
      VerifierKey::parse("witness.example/w1+c374a8d9+BGM8hRBsmi11KWM756MBKCspfKDTYtj+Owd2fOYXLs3j")
          .value();
  for (const NoteSignature& signature : note.signatures) {
    const auto line = signature.line();
    LIGGARE_ASSERT(NoteSignature::parse(line).value() == signature,
                   "a signature changed by a line");
    const auto outcome = merkle::open_checkpoint(note, forged_signer(signature));
    LIGGARE_ASSERT(!outcome, "a signature by a key that nobody has");
  }
  const auto time = merkle::cosigned_at(note, witness);
  LIGGARE_ASSERT(time || time.error().code == ErrorCode::corrupt, "a witness's key refused");
}

}  // namespace

void note(std::string_view input) {
  const auto read = SignedNote::parse(input);
  if (!read) return;
  LIGGARE_ASSERT(read->print() == input, "a note that has two texts");
  look_into(*read);
}

}  // namespace liggare::fuzz
