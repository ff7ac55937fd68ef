#include "tests/simulation/file_system.h"

#include <cstring>

namespace liggare::simulation {
namespace {

using rocksdb::FileOptions;
using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::Slice;

std::string_view view_of(const Slice& slice) { return {slice.data(), slice.size()}; }

// What a handle of an open file knows.
struct Opened {
  Disk& disk;
  std::string path;
  FilePtr file;

  IOStatus read(std::size_t offset, std::size_t size, Slice* result, char* scratch) const {
    std::string bytes;
    const auto status = disk.read(*file, offset, size, bytes);
    if (!status.ok()) return status;
    std::memcpy(scratch, bytes.data(), bytes.size());
    *result = Slice(scratch, bytes.size());
    return status;
  }
};

class SequentialFile final : public rocksdb::FSSequentialFile {
 public:
  explicit SequentialFile(Opened opened) : opened_(std::move(opened)) {}
  IOStatus Read(std::size_t size, const IOOptions&, Slice* result, char* scratch,
                IODebugContext*) override {
    const auto status = opened_.read(at_, size, result, scratch);
    if (status.ok()) at_ += result->size();
    return status;
  }
  IOStatus Skip(std::uint64_t size) override {
    at_ += size;
    return IOStatus::OK();
  }

 private:
  Opened opened_;
  std::size_t at_ = 0;
};

class RandomAccessFile final : public rocksdb::FSRandomAccessFile {
 public:
  explicit RandomAccessFile(Opened opened) : opened_(std::move(opened)) {}
  IOStatus Read(std::uint64_t offset, std::size_t size, const IOOptions&, Slice* result,
                char* scratch, IODebugContext*) const override {
    return opened_.read(offset, size, result, scratch);
  }

 private:
  Opened opened_;
};

class WritableFile final : public rocksdb::FSWritableFile {
 public:
  explicit WritableFile(Opened opened) : opened_(std::move(opened)) {}
  using FSWritableFile::Append;
  IOStatus Append(const Slice& bytes, const IOOptions&, IODebugContext*) override {
    return opened_.disk.append(opened_.path, *opened_.file, view_of(bytes));
  }
  IOStatus Truncate(std::uint64_t size, const IOOptions&, IODebugContext*) override {
    return opened_.disk.truncate(opened_.path, *opened_.file, size);
  }
  IOStatus Close(const IOOptions&, IODebugContext*) override { return IOStatus::OK(); }
  IOStatus Flush(const IOOptions&, IODebugContext*) override { return IOStatus::OK(); }
  IOStatus Sync(const IOOptions&, IODebugContext*) override {
    return opened_.disk.sync(opened_.path, *opened_.file);
  }
  bool IsSyncThreadSafe() const override { return true; }
  std::uint64_t GetFileSize(const IOOptions&, IODebugContext*) override {
    return opened_.file->seen.size();
  }

 private:
  Opened opened_;
};

class RandomRWFile final : public rocksdb::FSRandomRWFile {
 public:
  explicit RandomRWFile(Opened opened) : opened_(std::move(opened)) {}
  IOStatus Write(std::uint64_t offset, const Slice& bytes, const IOOptions&,
                 IODebugContext*) override {
    return opened_.disk.write(opened_.path, *opened_.file, offset, view_of(bytes));
  }
  IOStatus Read(std::uint64_t offset, std::size_t size, const IOOptions&, Slice* result,
                char* scratch, IODebugContext*) const override {
    return opened_.read(offset, size, result, scratch);
  }
  IOStatus Flush(const IOOptions&, IODebugContext*) override { return IOStatus::OK(); }
  IOStatus Sync(const IOOptions&, IODebugContext*) override {
    return opened_.disk.sync(opened_.path, *opened_.file);
  }
  IOStatus Close(const IOOptions&, IODebugContext*) override { return IOStatus::OK(); }

 private:
  Opened opened_;
};

class Folder final : public rocksdb::FSDirectory {
 public:
  Folder(Disk& disk, std::string path) : disk_(disk), path_(std::move(path)) {}
  IOStatus Fsync(const IOOptions&, IODebugContext*) override { return disk_.sync_folder(path_); }
  IOStatus Close(const IOOptions&, IODebugContext*) override { return IOStatus::OK(); }

 private:
  Disk& disk_;
  std::string path_;
};

struct HeldLock final : rocksdb::FileLock {
  std::string path;
};

class SimulatedFileSystem final : public rocksdb::FileSystem {
 public:
  explicit SimulatedFileSystem(Disk& disk) : disk_(disk) {}
  const char* Name() const override { return "SimulatedFileSystem"; }

  IOStatus NewSequentialFile(const std::string& path, const FileOptions&,
                             std::unique_ptr<rocksdb::FSSequentialFile>* result,
                             IODebugContext*) override {
    return open<SequentialFile>(path, result);
  }
  IOStatus NewRandomAccessFile(const std::string& path, const FileOptions&,
                               std::unique_ptr<rocksdb::FSRandomAccessFile>* result,
                               IODebugContext*) override {
    return open<RandomAccessFile>(path, result);
  }
  IOStatus NewRandomRWFile(const std::string& path, const FileOptions&,
                           std::unique_ptr<rocksdb::FSRandomRWFile>* result,
                           IODebugContext*) override {
    return open<RandomRWFile>(path, result);
  }
  IOStatus NewWritableFile(const std::string& path, const FileOptions&,
                           std::unique_ptr<rocksdb::FSWritableFile>* result,
                           IODebugContext*) override {
    // RocksDB writes its options at each opening, reads them back, and goes on without; nobody else
    // reads them, and they would take a quarter of the time.
    if (path.find("/OPTIONS-") != std::string::npos) return IOStatus::NotSupported("options");
    FilePtr file;
    const auto status = disk_.create(path, file);
    if (status.ok()) *result = std::make_unique<WritableFile>(Opened{disk_, path, file});
    return status;
  }
  IOStatus ReopenWritableFile(const std::string& path, const FileOptions& options,
                              std::unique_ptr<rocksdb::FSWritableFile>* result,
                              IODebugContext* context) override {
    const auto status = open<WritableFile>(path, result);
    return status.IsPathNotFound() ? NewWritableFile(path, options, result, context) : status;
  }
  IOStatus NewDirectory(const std::string& path, const IOOptions&,
                        std::unique_ptr<rocksdb::FSDirectory>* result, IODebugContext*) override {
    const auto status = disk_.exists(path);
    if (status.ok()) *result = std::make_unique<Folder>(disk_, path);
    return status;
  }

  IOStatus FileExists(const std::string& path, const IOOptions&, IODebugContext*) override {
    return disk_.exists(path);
  }
  IOStatus GetChildren(const std::string& path, const IOOptions&, std::vector<std::string>* names,
                       IODebugContext*) override {
    return disk_.children(path, *names);
  }
  IOStatus DeleteFile(const std::string& path, const IOOptions&, IODebugContext*) override {
    return disk_.remove(path);
  }
  IOStatus CreateDir(const std::string& path, const IOOptions&, IODebugContext*) override {
    return disk_.make_folder(path);
  }
  IOStatus CreateDirIfMissing(const std::string& path, const IOOptions&, IODebugContext*) override {
    return disk_.make_folder(path);
  }
  IOStatus DeleteDir(const std::string& path, const IOOptions&, IODebugContext*) override {
    return disk_.remove(path);
  }
  IOStatus GetFileSize(const std::string& path, const IOOptions&, std::uint64_t* bytes,
                       IODebugContext*) override {
    return disk_.size(path, *bytes);
  }
  // No rule here turns on when a file was changed.
  IOStatus GetFileModificationTime(const std::string& path, const IOOptions&, std::uint64_t* time,
                                   IODebugContext*) override {
    *time = 0;
    return disk_.exists(path);
  }
  IOStatus RenameFile(const std::string& from, const std::string& to, const IOOptions&,
                      IODebugContext*) override {
    return disk_.rename(from, to);
  }
  IOStatus LockFile(const std::string& path, const IOOptions&, rocksdb::FileLock** lock,
                    IODebugContext*) override {
    const auto status = disk_.lock(path);
    if (!status.ok()) return status;
    auto held = std::make_unique<HeldLock>();
    held->path = path;
    *lock = held.release();
    return status;
  }
  IOStatus UnlockFile(rocksdb::FileLock* lock, const IOOptions&, IODebugContext*) override {
    const std::unique_ptr<HeldLock> held(static_cast<HeldLock*>(lock));
    disk_.unlock(held->path);
    return IOStatus::OK();
  }
  IOStatus GetTestDirectory(const IOOptions&, std::string* path, IODebugContext*) override {
    *path = "test";
    return IOStatus::OK();
  }
  IOStatus GetAbsolutePath(const std::string& path, const IOOptions&, std::string* absolute,
                           IODebugContext*) override {
    *absolute = path;
    return IOStatus::OK();
  }
  IOStatus IsDirectory(const std::string& path, const IOOptions&, bool* answer,
                       IODebugContext*) override {
    return disk_.is_folder(path, *answer);
  }

 private:
  template <class Handle, class Base>
  IOStatus open(const std::string& path, std::unique_ptr<Base>* result) {
    FilePtr file;
    const auto status = disk_.open(path, file);
    if (status.ok()) *result = std::make_unique<Handle>(Opened{disk_, path, file});
    return status;
  }

  Disk& disk_;
};

}  // namespace

std::shared_ptr<rocksdb::FileSystem> file_system_over(Disk& disk) {
  return std::make_shared<SimulatedFileSystem>(disk);
}

}  // namespace liggare::simulation
