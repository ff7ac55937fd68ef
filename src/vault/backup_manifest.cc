#include "vault/backup_manifest.h"

#include <optional>
#include <utility>

#include "base/bytes.h"
#include "base/sha256.h"
#include "sealing/hkdf.h"

namespace liggare::vault {
namespace {

constexpr std::string_view first_line = "liggare/vault-backup/v1\n";
constexpr std::string_view mac_label = "liggare/vault/backup/v1";

std::string mac_of(std::string_view text, const KeyEncryptionKey& key) {
  const SecretKey mac_key = sealing::hkdf_expand(key.key, {mac_label});
  return to_hex(hmac_sha256(mac_key.view(), {text}).view());
}

std::string line(std::string_view name, std::string_view value) {
  std::string text(name);
  text += ' ';
  text += value;
  text += '\n';
  return text;
}

std::string signed_part(const BackupManifest& manifest) {
  const BackupState& backup = manifest.backup;
  return std::string(first_line) + line("id", backup.id) + line("label", backup.label) +
         line("made", backup.made.text()) + line("expires", backup.expires.text()) +
         line("key", backup.key_fingerprint) + line("keys.sqlite", manifest.keys_hash) +
         line("slots", manifest.slots_hash);
}

// Takes "name value" and its line feed from the front of `text`.
std::optional<std::string> take(std::string_view& text, std::string_view name) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos || !text.starts_with(name) || text[name.size()] != ' ') {
    return std::nullopt;
  }
  std::string value(text.substr(name.size() + 1, end - name.size() - 1));
  text.remove_prefix(end + 1);
  return value;
}

std::optional<BackupManifest> parse(std::string_view text) {
  if (!text.starts_with(first_line)) return std::nullopt;
  text.remove_prefix(first_line.size());
  auto id = take(text, "id");
  auto label = take(text, "label");
  const auto made = take(text, "made");
  const auto expires = take(text, "expires");
  auto key = take(text, "key");
  auto keys_hash = take(text, "keys.sqlite");
  auto slots_hash = take(text, "slots");
  if (!id || !label || !made || !expires || !key || !keys_hash || !slots_hash) return std::nullopt;
  const auto first = Day::parse(*made);
  const auto last = Day::parse(*expires);
  if (!first || !last) return std::nullopt;
  return BackupManifest{{.id = *std::move(id),
                         .label = *std::move(label),
                         .made = *first,
                         .expires = *last,
                         .key_fingerprint = *std::move(key),
                         .state = BackupStanding::live},
                        *std::move(keys_hash),
                        *std::move(slots_hash)};
}

}  // namespace

std::string encode_manifest(const BackupManifest& manifest, const KeyEncryptionKey& key) {
  const std::string text = signed_part(manifest);
  return text + line("mac", mac_of(text, key));
}

Result<BackupManifest> decode_manifest(std::string_view text, const KeyEncryptionKey& key) {
  auto manifest = parse(text);
  if (!manifest) return fail(ErrorCode::corrupt, "the backup's manifest is not as written");
  if (manifest->backup.key_fingerprint != fingerprint_of(key)) {
    return fail(ErrorCode::vault_unavailable,
                "key " + fingerprint_of(key) + " does not open the backup: it is locked by key " +
                    manifest->backup.key_fingerprint);
  }
  if (text != encode_manifest(*manifest, key)) {
    return fail(ErrorCode::corrupt, "the backup's manifest is not as written");
  }
  return *std::move(manifest);
}

}  // namespace liggare::vault
