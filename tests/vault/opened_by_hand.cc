#include "tests/vault/opened_by_hand.h"

#include <sodium.h>
#include <sqlite3.h>

#include <fstream>
#include <sstream>

namespace liggare::vault {
namespace {

using Bytes = std::string;

unsigned char* at(Bytes& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }
const unsigned char* at(const Bytes& bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

Bytes read(const std::filesystem::path& file) {
  std::ostringstream bytes;
  bytes << std::ifstream(file, std::ios::binary).rdbuf();
  return bytes.str();
}

Bytes big_endian(std::uint64_t number, int length) {
  Bytes bytes;
  while (length-- > 0) bytes.push_back(static_cast<char>(number >> (8 * length)));
  return bytes;
}

Bytes hmac(const Bytes& key, const Bytes& message) {
  crypto_auth_hmacsha256_state state;
  Bytes mac(crypto_auth_hmacsha256_BYTES, '\0');
  crypto_auth_hmacsha256_init(&state, at(key), key.size());
  crypto_auth_hmacsha256_update(&state, at(message), message.size());
  crypto_auth_hmacsha256_final(&state, at(mac));
  return mac;
}

Bytes expand(const Bytes& key, const Bytes& info) { return hmac(key, info + '\x01'); }

std::optional<Bytes> decrypted(const Bytes& key, const Bytes& nonce, const Bytes& named,
                               const Bytes& sealed) {
  constexpr std::size_t tag = crypto_aead_xchacha20poly1305_ietf_ABYTES;
  if (key.size() != 32 || nonce.size() != 24 || sealed.size() < tag) return std::nullopt;
  Bytes text(sealed.size() - tag, '\0');
  const int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(
      at(text), nullptr, nullptr, at(sealed), sealed.size(), at(named), named.size(), at(nonce),
      at(key));
  return failed == 0 ? std::optional(text) : std::nullopt;
}

std::optional<Bytes> unwrapped(const Bytes& key, const Bytes& named, const Bytes& wrapped) {
  if (wrapped.size() < 24) return std::nullopt;
  return decrypted(key, wrapped.substr(0, 24), named, wrapped.substr(24));
}

// The wrapped class key with this id; empty where there is none.
Bytes wrapped_key(const std::filesystem::path& folder, const Bytes& key_id) {
  // A copy's files are never changed, so that a backup can be looked into wherever it lies.
  const std::string uri = "file:" + (folder / "keys.sqlite").string() + "?immutable=1";
  sqlite3* database = nullptr;
  sqlite3_stmt* select = nullptr;
  Bytes wrapped;
  sqlite3_open_v2(uri.c_str(), &database, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, nullptr);
  sqlite3_prepare_v2(database, "SELECT wrapped FROM class_key WHERE key_id = ?", -1, &select,
                     nullptr);
  sqlite3_bind_blob(select, 1, key_id.data(), static_cast<int>(key_id.size()), SQLITE_STATIC);
  if (sqlite3_step(select) == SQLITE_ROW) {
    wrapped.assign(static_cast<const char*>(sqlite3_column_blob(select, 0)),
                   static_cast<std::size_t>(sqlite3_column_bytes(select, 0)));
  }
  sqlite3_finalize(select);
  sqlite3_close(database);
  return wrapped;
}

// From the root, or from the node above the index that punctures have left.
std::optional<Bytes> base_key(const Bytes& content, const Bytes& index) {
  Bytes path;
  for (const char byte : index) {
    path.push_back(static_cast<char>((byte >> 4) & 15));
    path.push_back(static_cast<char>(byte & 15));
  }
  std::size_t depth = 0;
  Bytes key = content.substr(1);
  if (content[0] == '\x02') {
    key.clear();
    for (std::size_t i = 1; i < content.size() && key.empty();) {
      depth = static_cast<unsigned char>(content[i]);
      if (path.starts_with(content.substr(i + 1, depth))) key = content.substr(i + 1 + depth, 32);
      i += 1 + depth + 32;
    }
    if (key.empty()) return std::nullopt;
  }
  for (; depth < path.size(); ++depth)
    key = expand(key, Bytes("liggare/puncture/v1") + path[depth]);
  return key;
}

}  // namespace

std::optional<std::string> opened_by_hand(const std::filesystem::path& folder,
                                          const std::filesystem::path& key_file,
                                          const sealing::EventContext& event,
                                          const Section& section) {
  if (sodium_init() < 0) return std::nullopt;
  Bytes hash(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256(at(hash), at(event.subject), event.subject.size());
  const auto bucket = static_cast<unsigned char>(hash[0]);
  const Bytes slot = read(folder / "slots").substr(std::size_t{512} * bucket, 512);
  const auto epoch_key = unwrapped(
      read(key_file), Bytes("liggare/vault/slot/v1") + big_endian(bucket, 4) + slot.substr(12, 8),
      slot.substr(20, 72));
  if (!epoch_key) return std::nullopt;
  const Bytes personal_class(name_of(section.personal_class));
  const auto content =
      unwrapped(*epoch_key, "liggare/vault/v1" + section.key_id + event.subject + personal_class,
                wrapped_key(folder, section.key_id));
  if (!content) return std::nullopt;
  const auto base = base_key(*content, section.index);
  if (!base) return std::nullopt;
  Bytes context;
  for (const Bytes& each :
       {event.event_id, event.subject, event.type, event.effective, personal_class}) {
    context += big_endian(each.size(), 2) + each;
  }
  const Bytes named = Bytes("liggare/section/v1") + '\0' + context;
  const Bytes section_key = expand(hmac(section.salt, *base), named);
  if (expand(section_key, "liggare/commit/v1") != section.commitment) return std::nullopt;
  return decrypted(expand(section_key, "liggare/aead/v1"), Bytes(24, '\0'), named,
                   section.ciphertext);
}

}  // namespace liggare::vault
