// The stream directory, growing with the ledger: its root, and proofs out of it.
#pragma once

#include <string>
#include <string_view>

#include "merkle/stream_directory.h"
#include "projection/bucketed_rows.h"

namespace liggare::projection {

class Directory {
 public:
  // Empty, in memory.
  Directory();
  // Over rows that hold what put() put into them.
  explicit Directory(BucketedRows rows) : rows_(std::move(rows)) {}
  static Hash leaf_hash(const BucketedRows::Bucket& bucket);

  // Takes the place of what the subject's entry was.
  Result<void> put(const merkle::DirectoryEntry& entry);
  Hash root() { return rows_.root(); }
  // That `subject` stands in it as it does, or does not stand in it.
  Result<merkle::DirectoryProof> prove(std::string_view subject);

  BucketedRows& rows() { return rows_; }

 private:
  BucketedRows rows_;
};

}  // namespace liggare::projection
