#include "merkle/directory.h"

#include <algorithm>
#include <utility>

namespace liggare::merkle {

Directory::Directory() : tree_(bucket_leaf_hash(bucket_root({}))) {}

void Directory::put(DirectoryEntry entry) {
  const BucketNumber number = bucket_of(entry.subject);
  std::string subject = entry.subject;
  buckets_[number].insert_or_assign(std::move(subject), std::move(entry));
  changed_.push_back(number);
}

Hash Directory::root() {
  rehash();
  return tree_.root();
}

DirectoryProof Directory::prove(std::string_view subject) {
  rehash();
  std::vector<DirectoryEntry> entries;
  bool is_there = false;
  for (const auto& [name, entry] : buckets_[bucket_of(subject)]) {
    is_there = is_there || name == subject;
    entries.push_back(entry);
  }
  if (is_there) return prove_presence(entries, subject, tree_);
  return prove_absence(entries, subject, tree_);
}

void Directory::rehash() {
  std::sort(changed_.begin(), changed_.end());
  changed_.erase(std::unique(changed_.begin(), changed_.end()), changed_.end());
  for (const BucketNumber number : std::exchange(changed_, {})) {
    std::vector<Hash> hashes;
    for (const auto& [name, entry] : buckets_[number]) hashes.push_back(entry.hash());
    tree_.set(number, bucket_leaf_hash(bucket_root(hashes)));
  }
}

}  // namespace liggare::merkle
