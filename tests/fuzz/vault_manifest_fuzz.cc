#include "base/bytes.h"
#include "sealing/hkdf.h"
#include "tests/fuzz/targets.h"
#include "vault/backup_manifest.h"

namespace liggare::fuzz {
namespace {

const vault::KeyEncryptionKey& key() {
  static const vault::KeyEncryptionKey key{SecretKey(std::string(key_bytes, 'k'))};
  return key;
}

void judge(std::string_view bytes) {
  const auto read = vault::decode_manifest(bytes, key());
  if (!read) return;
  LIGGARE_ASSERT(vault::encode_manifest(*read, key()) == bytes, "a manifest that has two texts");
}

}  // namespace

// As it is, and with the code that belongs to it.
void vault_manifest(std::string_view input) {
  judge(input);
  const SecretKey mac_key = sealing::hkdf_expand(key().key, {"liggare/vault/backup/v1"});
  const Hash mac = hmac_sha256(mac_key.view(), {input});
  judge(std::string(input) + "mac " + to_hex(mac.view()) + "\n");
}

}  // namespace liggare::fuzz
