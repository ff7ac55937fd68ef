#include "tests/support/faulty_file_system.h"

#include <algorithm>
#include <filesystem>

namespace liggare::testing {
namespace {

using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;

// Whether this is the call that a countdown was set for.
bool reaches_zero(int& countdown) { return countdown > 0 && --countdown == 0; }

}  // namespace

class FaultyFile final : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  FaultyFile(std::unique_ptr<rocksdb::FSWritableFile> file, std::string name,
             FaultyFileSystem& disk)
      : FSWritableFileOwnerWrapper(std::move(file)), name_(std::move(name)), disk_(disk) {}

  IOStatus Append(const rocksdb::Slice& bytes, const IOOptions& options,
                  IODebugContext* context) override {
    auto status = disk_.before_append(name_);
    if (status.ok()) status = FSWritableFileOwnerWrapper::Append(bytes, options, context);
    if (status.ok()) disk_.appended(name_, bytes.size());
    return status;
  }
  IOStatus Append(const rocksdb::Slice& bytes, const IOOptions& options,
                  const rocksdb::DataVerificationInfo&, IODebugContext* context) override {
    return Append(bytes, options, context);
  }
  IOStatus Sync(const IOOptions& options, IODebugContext* context) override {
    auto status = disk_.before_sync();
    if (status.ok()) status = FSWritableFileOwnerWrapper::Sync(options, context);
    if (status.ok()) disk_.synced(name_);
    return status;
  }
  IOStatus Fsync(const IOOptions& options, IODebugContext* context) override {
    return Sync(options, context);
  }

 private:
  std::string name_;
  FaultyFileSystem& disk_;
};

class FaultyFileInPlace final : public rocksdb::FSRandomRWFileOwnerWrapper {
 public:
  FaultyFileInPlace(std::unique_ptr<rocksdb::FSRandomRWFile> file, FaultyFileSystem& disk)
      : FSRandomRWFileOwnerWrapper(std::move(file)), disk_(disk) {}

  IOStatus Write(std::uint64_t offset, const rocksdb::Slice& bytes, const IOOptions& options,
                 IODebugContext* context) override {
    const auto status = disk_.before_write_in_place();
    return status.ok() ? FSRandomRWFileOwnerWrapper::Write(offset, bytes, options, context)
                       : status;
  }
  IOStatus Sync(const IOOptions& options, IODebugContext* context) override {
    const auto status = disk_.before_sync();
    return status.ok() ? FSRandomRWFileOwnerWrapper::Sync(options, context) : status;
  }

 private:
  FaultyFileSystem& disk_;
};

class FaultyFolder final : public rocksdb::FSDirectoryWrapper {
 public:
  FaultyFolder(std::unique_ptr<rocksdb::FSDirectory> folder, FaultyFileSystem& disk)
      : FSDirectoryWrapper(std::move(folder)), disk_(disk) {}

  IOStatus Fsync(const IOOptions& options, IODebugContext* context) override {
    const auto status = FSDirectoryWrapper::Fsync(options, context);
    if (status.ok()) disk_.folder_synced();
    return status;
  }
  IOStatus FsyncWithDirOptions(const IOOptions& options, IODebugContext* context,
                               const rocksdb::DirFsyncOptions& what) override {
    const auto status = FSDirectoryWrapper::FsyncWithDirOptions(options, context, what);
    if (status.ok()) disk_.folder_synced();
    return status;
  }

 private:
  FaultyFileSystem& disk_;
};

void FaultyFileSystem::fail_sync(int nth) {
  const std::lock_guard lock(mutex_);
  syncs_until_failure_ = nth;
}

void FaultyFileSystem::fail_append(int nth) {
  const std::lock_guard lock(mutex_);
  appends_until_failure_ = nth;
}

void FaultyFileSystem::fail_writes_in_place(int nth) {
  const std::lock_guard lock(mutex_);
  writes_in_place_until_failure_ = nth;
}

void FaultyFileSystem::fail_tables() {
  const std::lock_guard lock(mutex_);
  tables_fail_ = true;
}

void FaultyFileSystem::lose_power_at_append(int nth) {
  const std::lock_guard lock(mutex_);
  appends_until_power_loss_ = nth;
}

void FaultyFileSystem::lie_about_syncs() {
  const std::lock_guard lock(mutex_);
  lies_ = true;
}

void FaultyFileSystem::drop_unsynced(std::uint64_t torn_bytes_max) {
  const std::lock_guard lock(mutex_);
  for (const auto& [name, extent] : extents_) {
    if (!std::filesystem::exists(name)) continue;
    if (unsynced_names_.contains(name)) {
      std::filesystem::remove(name);
    } else {
      std::filesystem::resize_file(name, std::min(extent.written, extent.synced + torn_bytes_max));
    }
  }
}

IOStatus FaultyFileSystem::NewWritableFile(const std::string& name,
                                           const rocksdb::FileOptions& options,
                                           std::unique_ptr<rocksdb::FSWritableFile>* file,
                                           IODebugContext* context) {
  std::unique_ptr<rocksdb::FSWritableFile> real;
  const auto status = FileSystemWrapper::NewWritableFile(name, options, &real, context);
  if (!status.ok()) return status;
  *file = std::make_unique<FaultyFile>(std::move(real), name, *this);
  const std::lock_guard lock(mutex_);
  extents_[name] = Extent{};
  unsynced_names_.insert(name);
  return status;
}

IOStatus FaultyFileSystem::NewRandomRWFile(const std::string& name,
                                           const rocksdb::FileOptions& options,
                                           std::unique_ptr<rocksdb::FSRandomRWFile>* file,
                                           IODebugContext* context) {
  std::unique_ptr<rocksdb::FSRandomRWFile> real;
  const auto status = FileSystemWrapper::NewRandomRWFile(name, options, &real, context);
  if (status.ok()) *file = std::make_unique<FaultyFileInPlace>(std::move(real), *this);
  return status;
}

IOStatus FaultyFileSystem::NewDirectory(const std::string& name, const IOOptions& options,
                                        std::unique_ptr<rocksdb::FSDirectory>* folder,
                                        IODebugContext* context) {
  std::unique_ptr<rocksdb::FSDirectory> real;
  const auto status = FileSystemWrapper::NewDirectory(name, options, &real, context);
  if (status.ok()) *folder = std::make_unique<FaultyFolder>(std::move(real), *this);
  return status;
}

// A rename counts as durable at once: RocksDB's only one, of CURRENT, syncs the folder after it.
IOStatus FaultyFileSystem::RenameFile(const std::string& from, const std::string& to,
                                      const IOOptions& options, IODebugContext* context) {
  const auto status = FileSystemWrapper::RenameFile(from, to, options, context);
  const std::lock_guard lock(mutex_);
  if (status.ok() && extents_.contains(from)) {
    extents_[to] = extents_[from];
    extents_.erase(from);
    unsynced_names_.erase(from);
  }
  return status;
}

IOStatus FaultyFileSystem::DeleteFile(const std::string& name, const IOOptions& options,
                                      IODebugContext* context) {
  const auto status = FileSystemWrapper::DeleteFile(name, options, context);
  const std::lock_guard lock(mutex_);
  extents_.erase(name);
  unsynced_names_.erase(name);
  return status;
}

IOStatus FaultyFileSystem::before_append(const std::string& name) {
  const std::lock_guard lock(mutex_);
  if (reaches_zero(appends_until_power_loss_)) has_power_ = false;
  if (!has_power_) return IOStatus::IOError("no power");
  if (tables_fail_ && name.ends_with(".sst")) return IOStatus::IOError("table failed");
  if (reaches_zero(appends_until_failure_)) return IOStatus::IOError("append failed");
  return IOStatus::OK();
}

IOStatus FaultyFileSystem::before_write_in_place() {
  const std::lock_guard lock(mutex_);
  if (!has_power_) return IOStatus::IOError("no power");
  if (reaches_zero(writes_in_place_until_failure_)) return IOStatus::IOError("write failed");
  return IOStatus::OK();
}

IOStatus FaultyFileSystem::before_sync() {
  const std::lock_guard lock(mutex_);
  if (!has_power_) return IOStatus::IOError("no power");
  if (reaches_zero(syncs_until_failure_)) return IOStatus::IOError("sync failed");
  return IOStatus::OK();
}

void FaultyFileSystem::appended(const std::string& name, std::uint64_t bytes) {
  const std::lock_guard lock(mutex_);
  extents_[name].written += bytes;
}

void FaultyFileSystem::synced(const std::string& name) {
  const std::lock_guard lock(mutex_);
  if (!lies_) extents_[name].synced = extents_[name].written;
}

void FaultyFileSystem::folder_synced() {
  const std::lock_guard lock(mutex_);
  unsynced_names_.clear();
}

}  // namespace liggare::testing
