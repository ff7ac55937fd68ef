#include "merkle/signed_note.h"

#include <algorithm>

#include "base/bytes.h"
#include "merkle/plain_text.h"

namespace liggare::merkle {
namespace {

constexpr std::string_view dash = "\u2014 ";
constexpr std::size_t id_bytes = 4;

Unexpected<Error> refuse(const char* why) { return fail(ErrorCode::invalid_argument, why); }

}  // namespace

std::string NoteSignature::line() const {
  std::string signature;
  put_u32(signature, key_id);
  signature.append(bytes);
  return std::string(dash) + name + " " + to_base64(signature) + "\n";
}

Result<NoteSignature> NoteSignature::parse(std::string_view line) {
  std::string_view rest = line;
  const auto whole = take_line(rest);
  if (!whole || !rest.empty() || !whole->starts_with(dash)) {
    return refuse("a signature line that is none");
  }
  const std::string_view fields = whole->substr(dash.size());
  const std::size_t space = fields.find(' ');
  if (space == std::string_view::npos || !is_key_name(fields.substr(0, space))) {
    return refuse("a signature line without a key's name");
  }
  const auto signature = from_base64(fields.substr(space + 1));
  if (!signature || signature->size() <= id_bytes) {
    return refuse("a signature line without a signature in base64");
  }
  return NoteSignature{std::string(fields.substr(0, space)), get_u32(*signature),
                       signature->substr(id_bytes)};
}

std::string SignedNote::print() const {
  std::string note = text + "\n";
  for (const NoteSignature& signature : signatures) note += signature.line();
  return note;
}

Result<SignedNote> SignedNote::parse(std::string_view note) {
  if (note.size() > note_bytes_max) return refuse("a note of more than a million bytes");
  if (!is_note_text(note)) return refuse("a note with control bytes, or not in UTF-8");
  // The text may hold empty lines of its own: the last one divides.
  const std::size_t divide = note.rfind("\n\n");
  if (divide == std::string_view::npos) return refuse("a note without signatures");
  SignedNote result{std::string(note.substr(0, divide + 1)), {}};
  for (std::string_view rest = note.substr(divide + 2); !rest.empty();) {
    if (result.signatures.size() == note_signatures_max) {
      return refuse("a note with more than 100 signatures");
    }
    const std::size_t end = std::min(rest.find('\n'), rest.size() - 1) + 1;
    LIGGARE_TRY(NoteSignature signature, NoteSignature::parse(rest.substr(0, end)));
    result.signatures.push_back(std::move(signature));
    rest.remove_prefix(end);
  }
  if (result.signatures.empty()) return refuse("a note without signatures");
  return result;
}

Result<bool> is_signed_by(const SignedNote& note, const VerifierKey& key) {
  if (key.type != KeyType::ed25519) return refuse("a key that signs no notes");
  bool is_signed = false;
  for (const NoteSignature& signature : note.signatures) {
    if (!signature.is_of(key)) continue;
    if (!key.holds(note.text, signature.bytes)) {
      return fail(ErrorCode::corrupt, "the signature of " + key.name + " is not over this text");
    }
    is_signed = true;
  }
  return is_signed;
}

}  // namespace liggare::merkle
