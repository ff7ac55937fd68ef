// Rows kept on disk, as of a position of the log: how a question about now is answered at once.
//
// Disposable: everything here can be folded anew from the log. Each table carries the count and a
// checksum of its rows, so that a damaged store is noticed by whoever reads it and never believed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "merkle/tree.h"
#include "projection/projection.h"
#include "projection/row_source.h"
#include "store/row_store.h"

namespace liggare::projection {

// How far a projection has come, and a checksum of what it keeps.
struct KeptState {
  int version = 0;
  std::uint64_t position = 0;  // It holds the facts of the events before this position.
  Hash root;                   // Of the tree at that size: which history it is that was folded.
  std::uint64_t rows = 0;
  std::uint64_t checksum = 0;  // Sum over the rows of the first 8 bytes of SHA-256.
};

class KeptRows {
 public:
  // For reading, not_found where nothing has been kept yet.
  static Result<std::unique_ptr<KeptRows>> open(const std::filesystem::path& folder,
                                                store::Access access);

  // Nothing where the projection is not kept, or in another version.
  Result<std::optional<KeptState>> state(const Projection& projection) const;

  // Every row that the projection keeps. corrupt where they are not what was put.
  Result<Rows> read(const Projection& projection, const KeptState& state) const;

  // Takes `removed` out, puts `added`, and moves to `head`, all at once. `removed` must be rows
  // that are kept.
  Result<void> update(const Projection& projection, const KeptState& from, const Rows& removed,
                      const Rows& added, const merkle::TreeHead& head);
  // Forgets the projection, all versions.
  Result<void> clear(const Projection& projection);

 private:
  explicit KeptRows(std::unique_ptr<store::RowStore> store) : store_(std::move(store)) {}
  std::unique_ptr<store::RowStore> store_;
};

}  // namespace liggare::projection
