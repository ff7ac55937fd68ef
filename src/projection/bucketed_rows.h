// Rows in 65,536 buckets, and the tree over them: a change rehashes the buckets that it touches
// and no others (evidence, section 5).
//
// In memory, or over a store: then a bucket is read when it is first touched, and forgotten once it
// is saved.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "merkle/bucket_tree.h"
#include "store/row_store.h"

namespace liggare::projection {

class BucketedRows {
 public:
  using Bucket = std::map<std::string, std::string, std::less<>>;  // By key.
  using LeafHash = std::function<Hash(const Bucket&)>;

  // Empty, in memory.
  explicit BucketedRows(LeafHash leaf_hash);
  // What save() has put into `store` under that name, which must outlive it.
  static Result<BucketedRows> open(const store::RowStore& store, std::string name,
                                   LeafHash leaf_hash);
  // Empty, to be saved under that name in a store that has nothing under it.
  static BucketedRows fresh(const store::RowStore& store, std::string name, LeafHash leaf_hash);

  // Fail as the store does, where a bucket has to be read.
  Result<void> put(const std::string& key, std::string value);
  Result<void> erase(const std::string& key);
  Result<const Bucket*> bucket(merkle::BucketNumber number);

  Hash root() { return tree().root(); }
  merkle::BucketTree& tree();

  // Adds what has changed since the last time to `changes`, and forgets the buckets: they can be
  // read again once the changes are applied.
  void save(std::vector<store::RowChange>& changes);

 private:
  Result<Bucket*> load(merkle::BucketNumber number);
  void rehash();
  std::string row_prefix(merkle::BucketNumber number) const;
  std::string hashes_key(std::size_t chunk) const;
  Result<void> read_hashes();

  LeafHash leaf_hash_;
  const store::RowStore* store_ = nullptr;
  std::string name_;
  bool is_stored_ = false;  // The store may hold rows of buckets that are not loaded.
  std::map<merkle::BucketNumber, Bucket> loaded_;
  std::set<merkle::BucketNumber> unhashed_;
  std::map<std::string, bool, std::less<>> unsaved_;  // Keys; whether the row is there.
  std::set<std::size_t> unsaved_chunks_;
  merkle::BucketTree tree_;
};

}  // namespace liggare::projection
