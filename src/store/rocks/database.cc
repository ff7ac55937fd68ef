#include "store/rocks/database.h"

#include <fmt/format.h>
#include <rocksdb/table_properties.h>

#include <algorithm>

#include "base/bytes.h"
#include "base/crc32c.h"
#include "store/rocks/files.h"
#include "store/rocks/settled.h"
#include "store/rocks/status.h"
#include "store/rocks/torn_tail.h"

namespace liggare::store {
namespace {

std::string log_path(const std::string& folder) { return folder + "/log"; }

std::string_view view_of(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

// The table file that a message of RocksDB names, or the message where it names none.
std::string table_named_in(const std::string& message) {
  const auto begin = message.find("log/");
  const auto end = message.find(".sst", begin);
  if (begin == std::string::npos || end == std::string::npos) return message;
  return message.substr(begin, end + 4 - begin);
}

}  // namespace

Result<std::unique_ptr<Database>> Database::open(const std::string& folder, Access access,
                                                 rocksdb::Env* env, WhenMissing when_missing) {
  if (const auto files = check_for_pipes(log_path(folder)); !files) {
    return fail(ErrorCode::corrupt, files.error().message +
                                        "; keep a copy of the folder as it is, "
                                        "and restore a backup");
  }
  std::unique_ptr<Database> opened(new Database(folder, access));
  opened->env_ = without_torn_tails(env_or_default(env), log_path(folder));
  const auto options = log_options(opened->env_ ? opened->env_.get() : env, when_missing);
  rocksdb::DB* database = nullptr;
  const auto status = access == Access::write
                          ? rocksdb::DB::Open(options, log_path(folder), log_families(),
                                              &opened->handles_, &database)
                          : rocksdb::DB::OpenForReadOnly(options, log_path(folder), log_families(),
                                                         &opened->handles_, &database);
  opened->database_.reset(database);
  if (!status.ok()) return opened->failure(status);
  return opened;
}

bool Database::exists(const std::string& folder, rocksdb::Env* env) {
  return env_or_default(env).FileExists(log_path(folder) + "/CURRENT").ok();
}

Database::~Database() {
  if (!database_) return;
  for (auto* handle : handles_) database_->DestroyColumnFamilyHandle(handle);
}

Result<std::optional<std::string>> Database::get(Family family, std::string_view key) const {
  std::string value;
  const auto status = database_->Get({}, handle(family), key, &value);
  if (status.IsNotFound()) return std::optional<std::string>();
  if (!status.ok()) return failure(status);
  return std::optional(std::move(value));
}

Result<std::vector<std::string>> Database::get_all(Family family,
                                                   std::span<const std::string> keys) const {
  const std::vector<rocksdb::Slice> slices(keys.begin(), keys.end());
  std::vector<rocksdb::PinnableSlice> values(keys.size());
  std::vector<rocksdb::Status> statuses(keys.size());
  database_->MultiGet({}, handle(family), keys.size(), slices.data(), values.data(),
                      statuses.data());
  std::vector<std::string> found;
  found.reserve(keys.size());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (!statuses[i].ok()) return failure(statuses[i]);
    found.push_back(values[i].ToString());
  }
  return found;
}

Result<void> Database::for_each(const KeyRange& range, const KeyValueReader& read) const {
  const rocksdb::Slice to = range.to;
  rocksdb::ReadOptions options;
  options.fill_cache = range.keeps_blocks;
  options.readahead_size = range.readahead_bytes;
  options.total_order_seek = true;
  if (!range.to.empty()) options.iterate_upper_bound = &to;
  const auto entry = iterator(range.family, options);
  for (entry->Seek(range.from); entry->Valid(); entry->Next()) {
    LIGGARE_CHECK(read(view_of(entry->key()), view_of(entry->value())));
  }
  if (!entry->status().ok()) return failure(entry->status());
  return {};
}

Result<std::optional<std::string>> Database::last_key(Family family) const {
  rocksdb::ReadOptions options;
  options.total_order_seek = true;
  const auto entry = iterator(family, options);
  entry->SeekToLast();
  if (!entry->status().ok()) return failure(entry->status());
  if (!entry->Valid()) return std::optional<std::string>();
  return std::optional(entry->key().ToString());
}

std::unique_ptr<rocksdb::Iterator> Database::iterator(Family family,
                                                      const rocksdb::ReadOptions& options) const {
  return std::unique_ptr<rocksdb::Iterator>(database_->NewIterator(options, handle(family)));
}

Result<std::uint64_t> Database::count(Family family) const {
  rocksdb::TablePropertiesCollection tables;
  const auto status = database_->GetPropertiesOfAllTables(handle(family), &tables);
  if (!status.ok()) return failure(status);
  std::uint64_t total = 0;
  for (const auto& [file, properties] : tables) total += properties->num_entries;
  for (const auto& property : {rocksdb::DB::Properties::kNumEntriesActiveMemTable,
                               rocksdb::DB::Properties::kNumEntriesImmMemTables}) {
    std::uint64_t in_memory = 0;
    LIGGARE_ASSERT(database_->GetIntProperty(handle(family), property, &in_memory),
                   "RocksDB no longer counts its memtables' entries");
    total += in_memory;
  }
  return total;
}

Result<void> Database::write_synced(rocksdb::WriteBatch& batch) {
  const auto status = database_->Write(store::synced_write(), &batch);
  if (!status.ok()) return failure(status);
  return {};
}

void Database::settle() {
  std::vector<rocksdb::ColumnFamilyHandle*> large;
  for (rocksdb::ColumnFamilyHandle* const family : handles_) {
    if (is_unsettled(*database_, family)) large.push_back(family);
  }
  // All or none: a write-ahead file goes only when no family needs it.
  if (!large.empty()) static_cast<void>(database_->Flush({}, handles_));
}

Result<std::vector<std::string>> Database::damaged_files() const {
  std::vector<rocksdb::LiveFileMetaData> files;
  database_->GetLiveFilesMetaData(&files);
  std::vector<std::string> damaged;
  for (const auto& file : files) {
    const std::string name = "log/" + file.relative_filename;
    const auto checksum = checksum_of(folder_ + "/" + name);
    const bool is_gone = !checksum && checksum.error().code == ErrorCode::not_found;
    // Beside a writer a table may be compacted away; this reader still has it open.
    if (is_gone && access_ == Access::read_only) continue;
    if (!checksum && !is_gone) return Unexpected{checksum.error()};
    if (is_gone || *checksum != file.file_checksum) damaged.push_back(name);
  }
  // A block may have been bad before its file's checksum was taken.
  if (damaged.empty()) {
    const auto status = database_->VerifyChecksum();
    if (status.IsCorruption()) damaged.push_back(table_named_in(failure(status).error.message));
  }
  std::ranges::sort(damaged);
  return damaged;
}

// RocksDB's VerifyFileChecksums stops at the first damaged file; an auditor wants all of them.
Result<std::string> Database::checksum_of(const std::string& file) const {
  std::unique_ptr<rocksdb::SequentialFile> opened;
  auto status = database_->GetEnv()->NewSequentialFile(file, &opened, rocksdb::EnvOptions());
  if (status.IsPathNotFound() || status.IsNotFound()) {
    return fail(ErrorCode::not_found, "a table file is gone");
  }
  if (!status.ok()) return failure(status);
  // As RocksDB's FileChecksumGenCrc32c, which takes six times as long as Debian builds it.
  std::uint32_t checksum = 0;
  std::string buffer(long_scan_readahead_bytes, '\0');
  for (;;) {
    rocksdb::Slice piece;
    status = opened->Read(buffer.size(), &piece, buffer.data());
    if (!status.ok()) return failure(status);
    if (piece.empty()) break;
    checksum = crc32c({piece.data(), piece.size()}, checksum);
  }
  std::string bytes;
  put_u32(bytes, checksum);
  return bytes;
}

rocksdb::ColumnFamilyHandle* Database::handle(Family family) const {
  // The first is "default".
  return handles_[static_cast<std::size_t>(family) + 1];
}

Unexpected<Error> Database::failure(const rocksdb::Status& status) const {
  return Unexpected{error_from(status, folder_)};
}

}  // namespace liggare::store
