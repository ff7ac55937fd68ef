// What every check works on and adds to. Internal to inspect.
#pragma once

#include <cstdint>

#include "base/set_sum.h"
#include "inspect/finding_list.h"
#include "store/tree_layout.h"

namespace liggare::store {
class Database;
}

namespace liggare::inspect {

// The database is a view that stands still: opened for reading, RocksDB shows what tables and
// write-ahead log held at that moment, whatever a writer adds. So the view's own head says what
// belongs to it, and an entry at or after that head is a finding, also beside a writer.
struct Examination {
  const store::Database& database;
  store::TreeLayout layout;
  std::uint64_t size;  // Positions from … size − 1 are examined.
  FindingList& findings;
  const SetHash& entry_hash;  // Of index entries: of key and position, one after the other.
  // The first position of a range, 0 unless what stands before it is believed.
  std::uint64_t from = 0;
};

// The entries that an index has, or should have by its records.
struct IndexSums {
  SetSum ids;
  SetSum streams;

  IndexSums& operator+=(const IndexSums& other) {
    ids += other.ids;
    streams += other.streams;
    return *this;
  }
};

// How much was examined and held.
struct Tally {
  std::uint64_t records = 0;
  std::uint64_t leaf_hashes = 0;
  std::uint64_t nodes = 0;  // Stored ones above the leaves.
  std::uint64_t ids = 0;
  std::uint64_t versions = 0;
  std::uint64_t newer_records = 0;   // Whole by their hash, but a newer release's.
  std::uint64_t unread_records = 0;  // In damaged files, or not decodable.

  Tally& operator+=(const Tally& other) {
    records += other.records;
    leaf_hashes += other.leaf_hashes;
    nodes += other.nodes;
    ids += other.ids;
    versions += other.versions;
    newer_records += other.newer_records;
    unread_records += other.unread_records;
    return *this;
  }
};

}  // namespace liggare::inspect
