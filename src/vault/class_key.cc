#include "vault/class_key.h"

#include "base/bytes.h"
#include "vault/wrapping.h"

namespace liggare::vault {
namespace {

constexpr std::string_view associated_label = "liggare/vault/v1";
// What follows: the root alone. 0x02 is kept for what a puncture leaves, a list of nodes.
constexpr char whole_key = '\x01';
constexpr char punctured_key = '\x02';

// Unambiguous though joined without lengths: the key id's length is fixed and no class's name ends
// another's.
std::string associated_data(std::string_view key_id, const ClassKeyName& name) {
  std::string bytes(associated_label);
  bytes += key_id;
  bytes += name.subject;
  bytes += name_of(name.personal_class);
  return bytes;
}

}  // namespace

std::string wrap_class_key(const SecretKey& epoch_key, const ClassKey& key) {
  std::string plaintext(1 + key_bytes, whole_key);
  plaintext.replace(1, key_bytes, key.root.view());
  std::string wrapped = wrap(epoch_key, associated_data(key.key_id, key.name), plaintext);
  wipe(plaintext.data(), plaintext.size());
  return wrapped;
}

Result<ClassKey> unwrap_class_key(const SecretKey& epoch_key, std::string_view key_id,
                                  const ClassKeyName& name, std::string_view wrapped) {
  auto plaintext = unwrap(epoch_key, associated_data(key_id, name), wrapped);
  if (!plaintext) {
    return fail(ErrorCode::corrupt, words_for_key(key_id) + " does not open in its place");
  }
  const bool whole = plaintext->size() == 1 + key_bytes && plaintext->front() == whole_key;
  const bool punctured = plaintext->starts_with(punctured_key);
  ClassKey key{std::string(key_id), name, {}};
  if (whole) key.root = SecretKey(std::string_view(*plaintext).substr(1));
  wipe(plaintext->data(), plaintext->size());
  if (whole) return key;
  if (punctured) {
    return fail(ErrorCode::unsupported, words_for_key(key_id) + " needs a newer release");
  }
  return fail(ErrorCode::corrupt, words_for_key(key_id) + " has an unknown form");
}

std::string words_for_key(std::string_view key_id) { return "vault key " + to_hex(key_id); }

}  // namespace liggare::vault
