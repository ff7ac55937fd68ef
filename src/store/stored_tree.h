// The tree as it is stored, in either layout. Internal to store and to inspect.
#pragma once

#include "merkle/tree.h"
#include "store/event_log.h"
#include "store/rocks/database.h"
#include "store/tree_layout.h"

namespace liggare::store {

// Borrows the database. Thread-safe, also beside the writer of the same database: it answers for
// every tree that was stored before a call begins.
class StoredTree {
 public:
  StoredTree(const Database& database, TreeLayout layout) : database_(database), layout_(layout) {}

  // The hash of a complete subtree; corrupt where what it follows from is missing or damaged.
  Result<Hash> node(merkle::NodeId id) const;

  // The hashes of neighbours on level 0 or above tiles, whose blocks then stay in the cache.
  Result<std::vector<Hash>> run(unsigned level, PositionRange indexes) const;

  // node() as merkle asks for it; it borrows the database, too.
  merkle::NodeReader reader() const {
    return [tree = *this](merkle::NodeId id) { return tree.node(id); };
  }

 private:
  Result<std::vector<Hash>> leaves_of_tile(std::uint64_t index) const;
  Result<std::vector<Hash>> leaves(PositionRange indexes) const;

  const Database& database_;
  TreeLayout layout_;
};

}  // namespace liggare::store
