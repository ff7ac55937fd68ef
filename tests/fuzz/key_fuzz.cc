#include "merkle/verifier_key.h"
#include "tests/fuzz/targets.h"

namespace liggare::fuzz {

void key(std::string_view input) {
  const auto verifier = merkle::VerifierKey::parse(input);
  if (verifier) LIGGARE_ASSERT(verifier->text() == input, "a key that has two texts");
  const auto signer = merkle::SigningKey::parse(input);
  if (signer) LIGGARE_ASSERT(signer->secret_text() == input, "a signing key that has two texts");
}

}  // namespace liggare::fuzz
