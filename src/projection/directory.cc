#include "projection/directory.h"

#include "base/assertion.h"
#include "base/bytes.h"

namespace liggare::projection {
namespace {

using merkle::DirectoryEntry;

// The key is the subject.
std::string value_of(const DirectoryEntry& entry) {
  std::string value;
  put_u64(value, entry.version);
  put_u64(value, entry.last_position);
  value += entry.last_leaf_hash.view();
  return value;
}

DirectoryEntry entry_of(const std::string& subject, std::string_view value) {
  constexpr std::size_t number_bytes = 8;
  LIGGARE_ASSERT(value.size() == 2 * number_bytes + hash_bytes, "an entry that nobody wrote");
  return {subject, get_u64(value), get_u64(value.substr(number_bytes)),
          Hash::from(value.substr(2 * number_bytes))};
}

}  // namespace

Directory::Directory() : rows_(leaf_hash) {}

Hash Directory::leaf_hash(const BucketedRows::Bucket& bucket) {
  std::vector<Hash> hashes;
  for (const auto& [subject, value] : bucket) hashes.push_back(entry_of(subject, value).hash());
  return merkle::bucket_leaf_hash(merkle::bucket_root(hashes));
}

Result<void> Directory::put(const DirectoryEntry& entry) {
  return rows_.put(entry.subject, value_of(entry));
}

Result<merkle::DirectoryProof> Directory::prove(std::string_view subject) {
  LIGGARE_TRY(const auto* const bucket, rows_.bucket(merkle::bucket_of(subject)));
  std::vector<DirectoryEntry> entries;
  for (const auto& [name, value] : *bucket) entries.push_back(entry_of(name, value));
  if (bucket->find(subject) != bucket->end()) {
    return merkle::DirectoryProof(merkle::prove_presence(entries, subject, rows_.tree()));
  }
  return merkle::DirectoryProof(merkle::prove_absence(entries, subject, rows_.tree()));
}

}  // namespace liggare::projection
