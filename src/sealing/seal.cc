#include "sealing/seal.h"

#include <sodium.h>

#include <utility>

#include "base/assertion.h"
#include "sealing/aead.h"
#include "sealing/hkdf.h"
#include "sealing/padding.h"

namespace liggare::sealing {
namespace {

constexpr std::string_view section_label{"liggare/section/v1\0", 19};
constexpr std::string_view cipher_label = "liggare/aead/v1";
constexpr std::string_view commitment_label = "liggare/commit/v1";
// The encryption key is used once, so its nonce may be the same for all (evidence, section 2).
constexpr char zero_nonce[nonce_bytes] = {};

// Names the format and binds the event and the class: the key's info and the associated data.
std::string bound_to(const EventContext& event, PersonalClass personal_class) {
  return std::string(section_label) + context_bytes(event, personal_class);
}

std::string commitment_to(const SecretKey& section_key) {
  return std::string(hkdf_expand(section_key, {commitment_label}).view());
}

// Takes the same time wherever the two differ.
bool equal(std::string_view left, std::string_view right) {
  return left.size() == right.size() && sodium_memcmp(left.data(), right.data(), left.size()) == 0;
}

}  // namespace

Section seal(const SecretKey& base_key, const EventContext& event, SectionDraft draft) {
  Section section{.personal_class = draft.personal_class,
                  .key_id = std::move(draft.key_id),
                  .index = std::move(draft.index),
                  .salt = std::move(draft.salt),
                  .commitment = {},
                  .ciphertext = {}};
  const SecretKey key = section_key(base_key, event, section);
  const std::string bound = bound_to(event, section.personal_class);
  section.commitment = commitment_to(key);
  std::string padded = pad(draft.json);
  section.ciphertext =
      encrypt(hkdf_expand(key, {cipher_label}), {{zero_nonce, nonce_bytes}, bound}, padded);
  wipe(padded.data(), padded.size());
  LIGGARE_ASSERT(check_lengths(section).has_value(), "a draft with a wrong length");
  return section;
}

SecretKey section_key(const SecretKey& base_key, const EventContext& event,
                      const Section& section) {
  return hkdf_expand(hkdf_extract(section.salt, base_key.view()),
                     {bound_to(event, section.personal_class)});
}

Result<std::string> open(const SecretKey& section_key, const EventContext& event,
                         const Section& section) {
  LIGGARE_CHECK(check_lengths(section));
  // The cipher alone does not commit to its key: two keys can open one ciphertext to two texts.
  if (!equal(section.commitment, commitment_to(section_key))) {
    return fail(ErrorCode::corrupt, "a section is not sealed under this key in this event");
  }
  const std::string bound = bound_to(event, section.personal_class);
  LIGGARE_TRY(std::string padded, decrypt(hkdf_expand(section_key, {cipher_label}),
                                          {{zero_nonce, nonce_bytes}, bound}, section.ciphertext));
  auto text = unpad(padded);
  wipe(padded.data(), padded.size());
  return text;
}

}  // namespace liggare::sealing
