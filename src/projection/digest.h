// The digest of a projection's state (evidence, section 5): an RFC 6962 root over 65,536 buckets.
//
// A row's bucket is the first two bytes of SHA-256(table ‖ 0x00 ‖ key). A bucket's leaf is its rows
// as RFC 8785 JSON, one a line, in the order of (table, key).
#pragma once

#include <map>
#include <set>

#include "merkle/bucket_tree.h"
#include "projection/difference.h"
#include "projection/projection.h"

namespace liggare::projection {

// A projection's rows by bucket: a change rehashes the buckets that it touches, and no others.
class DigestedRows {
 public:
  explicit DigestedRows(const Projection& projection);

  // Takes over what concerns the projection's tables; both may hold other projections' rows.
  void apply(const RowDifference& difference);
  void add(const Rows& rows);

  const Projection& projection() const { return projection_; }
  Hash digest();

 private:
  const TableInfo* table_named(std::string_view name) const;

  const Projection projection_;
  std::map<merkle::BucketNumber, Rows> buckets_;
  std::set<merkle::BucketNumber> changed_;
  merkle::BucketTree tree_;
};

// Of rows that are all there. `rows` may hold other projections' rows too.
Hash digest_of(const Projection& projection, const Rows& rows);

}  // namespace liggare::projection
