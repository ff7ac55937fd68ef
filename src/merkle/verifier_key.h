// Keys of signed notes: their text, and what their signatures hold (C2SP signed-note).
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/secret.h"

namespace liggare::merkle {

// What a key's signatures say: its first byte wherever the key is written.
enum class KeyType : std::uint8_t {
  ed25519 = 0x01,         // Ed25519 over a note's text.
  cosignature_v1 = 0x04,  // A witness: Ed25519 over cosignature/v1 (cosignature.h).
};

inline constexpr std::size_t signature_bytes = 64;

struct VerifierKey {
  std::string name;  // Of a log: its origin.
  KeyType type = KeyType::ed25519;
  std::array<unsigned char, 32> public_key{};

  // "name+hex8(id)+base64(type ‖ public key)". invalid_argument where `text` is anything else: an
  // unknown type, an id that is not the key's, a name with blanks or plus signs, an encoding other
  // than the one text() gives.
  static Result<VerifierKey> parse(std::string_view text);
  std::string text() const;

  // The first four bytes of SHA-256(name ‖ 0x0A ‖ type ‖ public key), big-endian.
  std::uint32_t id() const;
  // Whether `signature` is this key's over `message`, and is 64 bytes long.
  bool holds(std::string_view message, std::string_view signature) const;

  bool operator==(const VerifierKey&) const = default;
};

// The one key of a file that some editor has saved: a byte order mark, blanks around the key, empty
// lines and the line ends of Windows are passed over. invalid_argument where the rest is not one
// line, or as VerifierKey::parse().
Result<VerifierKey> parse_key_file(std::string_view text);

// UTF-8, not empty, and neither Unicode's spaces, control bytes nor plus signs in it.
bool is_key_name(std::string_view name);

// A key that signs; moved, never copied, and wiped when it goes.
class SigningKey {
 public:
  // Requires is_key_name(name). The same seed gives the same key.
  SigningKey(std::string name, KeyType type, const SecretKey& seed);

  // "PRIVATE+KEY+name+hex8(id)+base64(type ‖ seed)", as golang.org/x/mod/sumdb/note writes it.
  // invalid_argument as VerifierKey::parse; the message never holds any of `text`.
  static Result<SigningKey> parse(std::string_view text);
  // Wipe it once it is written.
  std::string secret_text() const;

  const VerifierKey& verifier() const { return verifier_; }
  // The same key pair under another name, for a log that one key signs in several parts.
  SigningKey named(std::string name) const { return {std::move(name), verifier_.type, seed_}; }
  // 64 bytes; Ed25519 is deterministic.
  std::string sign(std::string_view message) const;

 private:
  VerifierKey verifier_;
  SecretKey seed_;
};

}  // namespace liggare::merkle
