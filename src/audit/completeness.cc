#include "audit/completeness.h"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <utility>

#include "base/bytes.h"
#include "base/json.h"
#include "codec/parsed_json.h"

namespace liggare::audit {
namespace {

using merkle::AbsenceProof;
using merkle::DirectoryEntry;
using merkle::InclusionProof;
using merkle::PresenceProof;

constexpr std::string_view format_name = "liggare/completeness/v1";
constexpr std::size_t subject_bytes_max = 256;
constexpr std::size_t path_hashes_max = 62;  // A bucket of 2^62 entries.

// --- writing -------------------------------------------------------------------------------

Json json_of(const Hash& hash) { return to_base64(hash.view()); }

Json json_of(const std::vector<Hash>& hashes) {
  Json list = Json::array();
  for (const Hash& hash : hashes) list.push(json_of(hash));
  return list;
}

Json json_of(const std::optional<DirectoryEntry>& entry) {
  if (!entry) return {};
  return Json::object()
      .add("subject", entry->subject)
      .add("version", entry->version)
      .add("lastPosition", entry->last_position)
      .add("lastLeafHash", json_of(entry->last_leaf_hash));
}

// On which side each hash stands (evidence, section 8, inclusion).
Json sided_path(const InclusionProof& proof) {
  LIGGARE_ASSERT(proof.leaf_index < proof.tree_size, "a proof of an entry beyond its bucket");
  std::uint64_t first = proof.leaf_index;
  std::uint64_t last = proof.tree_size - 1;
  Json path = Json::array();
  for (const Hash& hash : proof.path) {
    LIGGARE_ASSERT(last != 0, "a path longer than its bucket is high");
    const bool is_left = first % 2 == 1 || first == last;
    path.push(Json::object().add(is_left ? "left" : "right", json_of(hash)));
    while (is_left && first % 2 == 0 && first != 0) {
      first /= 2;
      last /= 2;
    }
    first /= 2;
    last /= 2;
  }
  return path;
}

void add_members(const PresenceProof& proof, Json& json) {
  json.add("subject", proof.entry.subject)
      .add("version", proof.entry.version)
      .add("lastPosition", proof.entry.last_position)
      .add("lastLeafHash", json_of(proof.entry.last_leaf_hash))
      .add("entryPath", sided_path(proof.in_bucket))
      .add("bucketPath", json_of(proof.bucket_path));
}

void add_members(const AbsenceProof& proof, Json& json) {
  json.add("subject", proof.subject)
      .add("entryHashes", json_of(proof.entry_hashes))
      .add("before", json_of(proof.before))
      .add("after", json_of(proof.after))
      .add("bucketPath", json_of(proof.bucket_path));
}

// --- reading -------------------------------------------------------------------------------

Unexpected<Error> refuse(const std::string& why) { return fail(ErrorCode::invalid_argument, why); }

Result<const Json*> member(const Json& object, std::string_view name) {
  const Json* found = object.find(name);
  if (found == nullptr) return refuse("no \"" + std::string(name) + "\"");
  return found;
}

Result<std::uint64_t> read_number(const Json& object, std::string_view name) {
  LIGGARE_TRY(const Json* json, member(object, name));
  const std::int64_t* number = json->as_integer();
  if (number == nullptr || *number < 0) return refuse(std::string(name) + " is no number");
  return static_cast<std::uint64_t>(*number);
}

bool is_subject_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '_' || c == '-' || c == '/';
}

Result<std::string> read_subject(const Json& object) {
  LIGGARE_TRY(const Json* json, member(object, "subject"));
  const std::string* text = json->as_text();
  if (text == nullptr || text->empty() || text->size() > subject_bytes_max ||
      !std::all_of(text->begin(), text->end(), is_subject_character)) {
    return refuse("subject is no stream's name");
  }
  return *text;
}

Result<Hash> read_hash(const Json& json) {
  const std::string* text = json.as_text();
  if (text == nullptr) return refuse("a hash is no text");
  LIGGARE_TRY(const std::string bytes, from_base64(*text));
  if (bytes.size() != hash_bytes) return refuse("a hash is not 32 bytes long");
  return Hash::from(bytes);
}

Result<const Json::Array*> read_array(const Json& object, std::string_view name) {
  LIGGARE_TRY(const Json* json, member(object, name));
  if (json->as_array() == nullptr) return refuse(std::string(name) + " is no list");
  return json->as_array();
}

Result<std::vector<Hash>> read_hashes(const Json& object, std::string_view name) {
  LIGGARE_TRY(const Json::Array* list, read_array(object, name));
  std::vector<Hash> hashes;
  for (const Json& element : *list) {
    LIGGARE_TRY(const Hash hash, read_hash(element));
    hashes.push_back(hash);
  }
  return hashes;
}

Result<DirectoryEntry> read_entry(const Json& object) {
  DirectoryEntry entry;
  LIGGARE_TRY(entry.subject, read_subject(object));
  LIGGARE_TRY(entry.version, read_number(object, "version"));
  LIGGARE_TRY(entry.last_position, read_number(object, "lastPosition"));
  LIGGARE_TRY(const Json* hash, member(object, "lastLeafHash"));
  LIGGARE_TRY(entry.last_leaf_hash, read_hash(*hash));
  return entry;
}

Result<std::optional<DirectoryEntry>> read_neighbour(const Json& object, std::string_view name) {
  LIGGARE_TRY(const Json* json, member(object, name));
  if (json->is_null()) return std::optional<DirectoryEntry>();
  LIGGARE_TRY(DirectoryEntry entry, read_entry(*json));
  return std::optional(std::move(entry));
}

// The proof in a bucket of a power of two whose computation goes the way that the sides say: there
// a bit of the index is set exactly where the sibling stands on the left.
Result<InclusionProof> read_sided_path(const Json& object) {
  LIGGARE_TRY(const Json::Array* list, read_array(object, "entryPath"));
  if (list->size() > path_hashes_max) return refuse("entryPath is too long");
  InclusionProof proof{0, std::uint64_t{1} << list->size(), {}};
  for (const Json& step : *list) {
    const Json* left = step.find("left");
    const Json* right = step.find("right");
    if ((left == nullptr) == (right == nullptr)) return refuse("entryPath: not one side");
    if (left != nullptr) proof.leaf_index |= std::uint64_t{1} << proof.path.size();
    LIGGARE_TRY(const Hash hash, read_hash(left != nullptr ? *left : *right));
    proof.path.push_back(hash);
  }
  return proof;
}

Result<PresenceProof> read_presence(const Json& json) {
  PresenceProof proof;
  LIGGARE_TRY(proof.entry, read_entry(json));
  if (proof.entry.version == 0) return refuse("a stream of no events");
  LIGGARE_TRY(proof.in_bucket, read_sided_path(json));
  LIGGARE_TRY(proof.bucket_path, read_hashes(json, "bucketPath"));
  return proof;
}

Result<AbsenceProof> read_absence(const Json& json) {
  AbsenceProof proof;
  LIGGARE_TRY(proof.subject, read_subject(json));
  LIGGARE_TRY(proof.entry_hashes, read_hashes(json, "entryHashes"));
  LIGGARE_TRY(proof.before, read_neighbour(json, "before"));
  LIGGARE_TRY(proof.after, read_neighbour(json, "after"));
  LIGGARE_TRY(proof.bucket_path, read_hashes(json, "bucketPath"));
  return proof;
}

}  // namespace

const PresenceProof* Completeness::presence() const {
  return std::get_if<PresenceProof>(&directory);
}

const std::string& Completeness::subject() const {
  return presence() != nullptr ? presence()->entry.subject
                               : std::get<AbsenceProof>(directory).subject;
}

std::string Completeness::print() const {
  Json json = Json::object();
  json.add("format", format_name).add("seal", seal_position).add("size", sealed_size);
  std::visit([&](const auto& proof) { add_members(proof, json); }, directory);
  return json.canonical_text() + "\n";
}

Result<Completeness> Completeness::parse(std::string_view text) {
  const auto json = codec::parse_json(text);
  if (!json) return refuse(json.error().message);
  LIGGARE_TRY(const Json* format, member(*json, "format"));
  if (*format != Json(format_name)) return refuse("not of the format " + std::string(format_name));
  Completeness completeness;
  LIGGARE_TRY(completeness.seal_position, read_number(*json, "seal"));
  LIGGARE_TRY(completeness.sealed_size, read_number(*json, "size"));
  if (json->find("entryHashes") == nullptr) {
    LIGGARE_TRY(completeness.directory, read_presence(*json));
  } else {
    LIGGARE_TRY(completeness.directory, read_absence(*json));
  }
  // So that there is one text for what it says, and no byte that nobody looks at.
  if (completeness.print() != text) return refuse("not in its canonical form");
  return completeness;
}

Result<void> verify(const Completeness& completeness, const Hash& directory_root) {
  if (completeness.presence() != nullptr) {
    return merkle::verify_presence(*completeness.presence(), directory_root);
  }
  return merkle::verify_absence(std::get<AbsenceProof>(completeness.directory), directory_root);
}

}  // namespace liggare::audit
