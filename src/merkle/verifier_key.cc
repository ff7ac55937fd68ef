#include "merkle/verifier_key.h"

#include <sodium.h>

#include <algorithm>

#include "base/assertion.h"
#include "base/bytes.h"
#include "base/sha256.h"
#include "merkle/plain_text.h"

namespace liggare::merkle {
namespace {

static_assert(signature_bytes == crypto_sign_BYTES);
static_assert(key_bytes == crypto_sign_SEEDBYTES);
static_assert(sizeof(VerifierKey::public_key) == crypto_sign_PUBLICKEYBYTES);

constexpr std::string_view secret_prefix = "PRIVATE+KEY+";
constexpr std::size_t id_digits = 8;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string_view view_of(const std::array<unsigned char, 32>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// libsodium picks its fastest implementations there; calling it again is allowed and does nothing.
void start_library() {
  static const bool ready = sodium_init() >= 0;
  LIGGARE_ASSERT(ready, "libsodium can't start");
}

Unexpected<Error> refuse(const char* why) { return fail(ErrorCode::invalid_argument, why); }

// Both halves of an Ed25519 key, the secret one wiped when it goes.
class KeyPair {
 public:
  explicit KeyPair(const SecretKey& seed) {
    start_library();
    crypto_sign_seed_keypair(public_key.data(), secret_key.data(), seed.data());
  }
  ~KeyPair() { wipe(secret_key.data(), secret_key.size()); }
  KeyPair(const KeyPair&) = delete;
  KeyPair& operator=(const KeyPair&) = delete;

  std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> public_key{};
  std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret_key{};
};

// "name+hex8(id)+base64(type ‖ 32 bytes)", taken apart; the 32 bytes may be secret.
struct KeyText {
  std::string name;
  std::uint32_t id = 0;
  KeyType type = KeyType::ed25519;
  SecretKey bytes;
};

Result<KeyType> type_of(char byte) {
  for (const KeyType type : {KeyType::ed25519, KeyType::cosignature_v1}) {
    if (byte == static_cast<char>(type)) return type;
  }
  return refuse("a key of a type that is not known here");
}

Result<void> read_material(std::string_view text, KeyText& key) {
  auto material = from_base64(text);
  if (!material || material->size() != 1 + key_bytes) return refuse("a key that is not 32 bytes");
  const std::string_view view = *material;
  auto type = type_of(view.front());
  key.bytes = SecretKey(view.substr(1));
  wipe(material->data(), material->size());
  LIGGARE_TRY(key.type, std::move(type));
  return {};
}

Result<KeyText> take_apart(std::string_view text) {
  const std::size_t name_end = text.find('+');
  if (name_end == std::string_view::npos) return refuse("a key without name and id");
  const std::size_t id_end = text.find('+', name_end + 1);
  if (id_end != name_end + 1 + id_digits) return refuse("a key whose id is not eight digits");
  KeyText key;
  key.name = text.substr(0, name_end);
  if (!is_key_name(key.name)) return refuse("a key whose name is none");
  const auto id = from_hex(text.substr(name_end + 1, id_digits));
  if (!id) return refuse("a key whose id is not lower-case hex");
  key.id = get_u32(*id);
  LIGGARE_CHECK(read_material(text.substr(id_end + 1), key));
  return key;
}

std::string_view without_blanks(std::string_view line) {
  constexpr std::string_view blanks = " \t\r";
  const std::size_t start = line.find_first_not_of(blanks);
  if (start == std::string_view::npos) return {};
  return line.substr(start, line.find_last_not_of(blanks) + 1 - start);
}

std::string put_together(const VerifierKey& key, std::string_view bytes) {
  std::string id;
  put_u32(id, key.id());
  std::string material;
  material.reserve(1 + bytes.size());
  material.push_back(static_cast<char>(key.type));
  material.append(bytes);
  std::string encoded = to_base64(material);
  std::string text;
  text.reserve(secret_prefix.size() + key.name.size() + 2 + id_digits + encoded.size());
  text.append(key.name).append("+").append(to_hex(id)).append("+").append(encoded);
  wipe(material.data(), material.size());
  wipe(encoded.data(), encoded.size());
  return text;
}

}  // namespace

bool is_key_name(std::string_view name) {
  return !name.empty() && is_note_text(name) && !has_space(name) &&
         name.find('+') == std::string_view::npos;
}

Result<VerifierKey> VerifierKey::parse(std::string_view text) {
  LIGGARE_TRY(KeyText parts, take_apart(text));
  VerifierKey key{std::move(parts.name), parts.type, {}};
  std::copy_n(parts.bytes.data(), key.public_key.size(), key.public_key.begin());
  if (key.id() != parts.id) return refuse("a key whose id is another key's");
  return key;
}

Result<VerifierKey> parse_key_file(std::string_view text) {
  constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
  if (text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff")) {
    return refuse("a file in UTF-16: save it as UTF-8");
  }
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  std::string_view key;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = without_blanks(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty()) continue;
    if (!key.empty()) return refuse("a file of more than one line");
    key = line;
  }
  if (key.empty()) return refuse("a file without a key");
  return VerifierKey::parse(key);
}

std::string VerifierKey::text() const { return put_together(*this, view_of(public_key)); }

std::uint32_t VerifierKey::id() const {
  const char type_byte = static_cast<char>(type);
  return get_u32(sha256({name, "\n", {&type_byte, 1}, view_of(public_key)}).view());
}

bool VerifierKey::holds(std::string_view message, std::string_view signature) const {
  if (signature.size() != signature_bytes) return false;
  start_library();
  return crypto_sign_verify_detached(bytes_of(signature), bytes_of(message), message.size(),
                                     public_key.data()) == 0;
}

SigningKey::SigningKey(std::string name, KeyType type, const SecretKey& seed)
    : verifier_{std::move(name), type, KeyPair(seed).public_key}, seed_(seed.clone()) {
  LIGGARE_ASSERT(is_key_name(verifier_.name), "a key without a proper name");
}

Result<SigningKey> SigningKey::parse(std::string_view text) {
  if (!text.starts_with(secret_prefix)) return refuse("not a signing key");
  LIGGARE_TRY(KeyText parts, take_apart(text.substr(secret_prefix.size())));
  SigningKey key(std::move(parts.name), parts.type, parts.bytes);
  if (key.verifier().id() != parts.id) return refuse("a signing key whose id is another key's");
  return key;
}

std::string SigningKey::secret_text() const {
  std::string rest = put_together(verifier_, seed_.view());
  std::string text;
  text.reserve(secret_prefix.size() + rest.size());
  text.append(secret_prefix).append(rest);
  wipe(rest.data(), rest.size());
  return text;
}

std::string SigningKey::sign(std::string_view message) const {
  const KeyPair pair(seed_);
  std::string signature(signature_bytes, '\0');
  crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()), nullptr,
                       bytes_of(message), message.size(), pair.secret_key.data());
  return signature;
}

}  // namespace liggare::merkle
