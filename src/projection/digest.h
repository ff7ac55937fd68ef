// The digest of a projection's state (evidence, section 5): an RFC 6962 root over 65,536 buckets.
//
// A row's bucket is the first two bytes of SHA-256(table ‖ 0x00 ‖ key). A bucket's leaf is its rows
// as RFC 8785 JSON, one a line, in the order of (table, key).
#pragma once

#include "projection/bucketed_rows.h"
#include "projection/difference.h"
#include "projection/projection.h"

namespace liggare::projection {

class DigestedRows {
 public:
  // Empty, in memory.
  explicit DigestedRows(const Projection& projection);
  // Over rows that hold what this class has put into them.
  DigestedRows(const Projection& projection, BucketedRows rows)
      : projection_(projection), rows_(std::move(rows)) {}
  static BucketedRows::LeafHash leaf_hash(const Projection& projection);

  // Take over what concerns the projection's tables; the rows may be other projections' too.
  Result<void> apply(const RowDifference& difference);
  Result<void> add(const Rows& rows);

  const Projection& projection() const { return projection_; }
  Hash digest() { return rows_.root(); }
  BucketedRows& rows() { return rows_; }

 private:
  Projection projection_;
  BucketedRows rows_;
};

// Of rows that are all there. `rows` may hold other projections' rows too.
Hash digest_of(const Projection& projection, const Rows& rows);

}  // namespace liggare::projection
