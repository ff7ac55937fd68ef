// DIR/HEAD: a tree head outside RocksDB, so that a log whose tail was lost is recognised.
//
// RocksDB opens a log without its newest write-ahead file and says nothing. HEAD is the floor that
// it is held against (evidence, section 3). Two slots of 512 bytes are written in turn, so a torn
// write costs one slot, never both: u64 counter ‖ u64 size ‖ root ‖ u32 CRC-32C of these ‖ zeros.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "base/result.h"
#include "merkle/tree.h"

namespace rocksdb {
class Env;
class RandomRWFile;
}  // namespace rocksdb

namespace liggare::store {

struct HeadSlot {
  std::uint64_t counter = 0;  // An even counter stands in slot 0, an odd one in slot 1.
  merkle::TreeHead head;
};

struct HeadReading {
  std::optional<HeadSlot> newest;   // No value where both slots are bad.
  std::vector<unsigned> bad_slots;  // 0, 1, both or none.
};

// `env` is the disk that the log lies on: RocksDB's own where there is none.
class HeadFile {
 public:
  // Makes the file with both slots at size 0; durable once the folder is synced too.
  static Result<void> create(const std::filesystem::path& file, rocksdb::Env* env = nullptr);

  // not_found where there is no file; corrupt where good slots contradict each other.
  static Result<HeadReading> read(const std::filesystem::path& file, rocksdb::Env* env = nullptr);

  // For writing. Requires a file with a good slot. What read() gives is durable once it returns.
  static Result<HeadFile> open(const std::filesystem::path& file, rocksdb::Env* env = nullptr);
  HeadFile(HeadFile&&) noexcept;
  ~HeadFile();

  // Durable once it returns. Not thread-safe. Don't call again after an error: a failed sync
  // may have dropped the pages that it should have written.
  Result<void> write(const merkle::TreeHead& head);

 private:
  HeadFile(std::filesystem::path path, std::unique_ptr<rocksdb::RandomRWFile> file,
           std::uint64_t counter);

  std::filesystem::path path_;
  std::unique_ptr<rocksdb::RandomRWFile> file_;
  std::uint64_t counter_;
};

}  // namespace liggare::store
