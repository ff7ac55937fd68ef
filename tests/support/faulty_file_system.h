// A disk for RocksDB that fails when it is told to, and forgets what was not synced.
//
// A real folder lies under it, so that what is left after a power loss can be opened without it.
#pragma once

#include <rocksdb/env.h>
#include <rocksdb/file_system.h>

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>

namespace liggare::testing {

class FaultyFileSystem final : public rocksdb::FileSystemWrapper {
 public:
  FaultyFileSystem() : FileSystemWrapper(rocksdb::FileSystem::Default()) {}
  const char* Name() const override { return "FaultyFileSystem"; }

  // Each counts from the call on; 1 is the next one. Only that one fails.
  void fail_sync(int nth);
  void fail_append(int nth);
  void fail_writes_in_place(int nth);  // Those of HEAD.
  // Every append to a table file fails, so no memtable can be flushed.
  void fail_tables();
  // From the nth append on, every append and sync fails.
  void lose_power_at_append(int nth);
  // From now on syncs do nothing and say that they succeeded.
  void lie_about_syncs();

  // What a disk holds after a power loss: of each file the synced bytes and at most
  // `torn_bytes_max` more, and no file whose name was not synced. Requires a closed database.
  void drop_unsynced(std::uint64_t torn_bytes_max);

  rocksdb::IOStatus NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* file,
                                    rocksdb::IODebugContext* context) override;
  rocksdb::IOStatus NewRandomRWFile(const std::string& name, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSRandomRWFile>* file,
                                    rocksdb::IODebugContext* context) override;
  rocksdb::IOStatus NewDirectory(const std::string& name, const rocksdb::IOOptions& options,
                                 std::unique_ptr<rocksdb::FSDirectory>* folder,
                                 rocksdb::IODebugContext* context) override;
  rocksdb::IOStatus RenameFile(const std::string& from, const std::string& to,
                               const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* context) override;
  rocksdb::IOStatus DeleteFile(const std::string& name, const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* context) override;

 private:
  friend class FaultyFile;
  friend class FaultyFolder;
  friend class FaultyFileInPlace;

  struct Extent {
    std::uint64_t written = 0;
    std::uint64_t synced = 0;
  };

  rocksdb::IOStatus before_append(const std::string& name);
  rocksdb::IOStatus before_write_in_place();
  rocksdb::IOStatus before_sync();
  void appended(const std::string& name, std::uint64_t bytes);
  void synced(const std::string& name);
  void folder_synced();

  std::mutex mutex_;
  std::map<std::string, Extent> extents_;
  std::set<std::string> unsynced_names_;
  int appends_until_failure_ = 0;
  int writes_in_place_until_failure_ = 0;
  int appends_until_power_loss_ = 0;
  int syncs_until_failure_ = 0;
  bool tables_fail_ = false;
  bool has_power_ = true;
  bool lies_ = false;
};

}  // namespace liggare::testing
