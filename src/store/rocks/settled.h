// Whether a family holds much in memory that is in no table yet. Internal to store.
#pragma once

#include <rocksdb/db.h>

namespace liggare::store {

inline bool is_unsettled(rocksdb::DB& database, rocksdb::ColumnFamilyHandle* family) {
  constexpr std::uint64_t much_bytes = std::uint64_t{4} << 20;
  std::uint64_t bytes = 0;
  return database.GetIntProperty(family, rocksdb::DB::Properties::kCurSizeActiveMemTable, &bytes) &&
         bytes >= much_bytes;
}

}  // namespace liggare::store
