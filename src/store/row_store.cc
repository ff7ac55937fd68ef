#include "store/row_store.h"

#include <rocksdb/db.h>
#include <rocksdb/sst_file_writer.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <fstream>
#include <sstream>
#include <system_error>
#include <thread>

#include "base/bytes.h"
#include "store/rocks/files.h"
#include "store/rocks/options.h"
#include "store/rocks/settled.h"
#include "store/rocks/status.h"

namespace liggare::store {
namespace {

namespace fs = std::filesystem;

constexpr int attempts_beside_writer = 100;
constexpr std::chrono::milliseconds pause_between_attempts{10};

// Changes with every table that a writer adds or drops: RocksDB records that in the manifest
// before it deletes a write-ahead file.
std::string manifest_stamp(const fs::path& folder) {
  std::ostringstream current;
  current << std::ifstream(folder / "CURRENT").rdbuf();
  const std::string name = current.str().substr(0, current.str().find('\n'));
  std::error_code error;
  return name + ":" + std::to_string(fs::file_size(folder / name, error));
}

// What follows at `place`, as a number.
std::uint64_t number_at(std::string_view key, std::size_t place) {
  std::string bytes(key.substr(place, sizeof(std::uint64_t)));
  bytes.resize(sizeof(std::uint64_t), '\0');
  return get_u64(bytes);
}

// Half-way between two keys, of which the first is the lesser, going by the bytes in which they
// begin to differ.
std::string between(const std::string& first, const std::string& last) {
  const auto same = std::ranges::mismatch(first, last).in1 - first.begin();
  const auto place = static_cast<std::size_t>(same);
  const std::uint64_t low = number_at(first, place);
  std::string middle = first.substr(0, place);
  put_u64(middle, low + (number_at(last, place) - low) / 2);
  return middle;
}

}  // namespace

std::string end_of_prefix(std::string_view prefix) {
  std::string end(prefix);
  while (!end.empty() && static_cast<unsigned char>(end.back()) == 0xff) end.pop_back();
  if (!end.empty()) end.back() = static_cast<char>(static_cast<unsigned char>(end.back()) + 1);
  return end;
}

RowStore::RowStore(std::string folder, Access access, std::unique_ptr<rocksdb::DB> database)
    : folder_(std::move(folder)), access_(access), database_(std::move(database)) {}

RowStore::~RowStore() {
  if (database_ == nullptr || access_ != Access::write) return;
  // Whoever opens next would have to read it all again.
  if (is_unsettled(*database_, database_->DefaultColumnFamily())) {
    static_cast<void>(database_->Flush({}));
  }
}

Result<std::unique_ptr<RowStore>> RowStore::open(const fs::path& folder, Access access,
                                                 rocksdb::Env* env) {
  LIGGARE_CHECK(check_for_pipes(folder));
  if (access == Access::read_only) return open_for_reading(folder.string());
  rocksdb::DB* database = nullptr;
  const auto status =
      rocksdb::DB::Open(row_options(env, WhenMissing::create), folder.string(), &database);
  std::unique_ptr<RowStore> opened(
      new RowStore(folder.string(), access, std::unique_ptr<rocksdb::DB>(database)));
  // RocksDB names the lock in words alone, and whoever may not open its file meets it, too.
  const std::string words = status.ToString();
  if (status.IsIOError() && words.find("LOCK") != std::string::npos &&
      words.find(std::generic_category().message(EACCES)) == std::string::npos) {
    return fail(ErrorCode::busy, "the kept rows are open for writing in another process");
  }
  if (!status.ok()) return opened->failure(status);
  return opened;
}

// If tables changed while the files were being opened, a write-ahead file may have gone between
// the manifest's reading and its own, and its rows would be missing without a word.
Result<std::unique_ptr<RowStore>> RowStore::open_for_reading(const std::string& folder) {
  std::error_code error;
  const bool exists = fs::exists(folder + "/CURRENT", error);
  if (error) return fail(ErrorCode::io, folder + ": " + error.message());
  if (!exists) {
    return fail(ErrorCode::not_found, "there are no kept rows");
  }
  for (int attempt = 1;; ++attempt) {
    const auto before = manifest_stamp(folder);
    rocksdb::DB* database = nullptr;
    const auto status =
        rocksdb::DB::OpenForReadOnly(row_options(nullptr, WhenMissing::fail), folder, &database);
    std::unique_ptr<RowStore> opened(
        new RowStore(folder, Access::read_only, std::unique_ptr<rocksdb::DB>(database)));
    const bool is_still = manifest_stamp(folder) == before;
    if (status.ok() && is_still) return opened;
    if (is_still) return opened->failure(status);
    if (attempt == attempts_beside_writer) {
      return fail(ErrorCode::io, "the kept rows change too fast to be opened");
    }
    std::this_thread::sleep_for(pause_between_attempts);
  }
}

Result<void> RowStore::destroy(const fs::path& folder, rocksdb::Env* env) {
  if (env != nullptr) {
    const auto status = rocksdb::DestroyDB(folder.string(), row_options(env, WhenMissing::fail));
    if (!status.ok()) return Unexpected{error_from(status, folder.string())};
    return {};
  }
  std::error_code error;
  fs::remove_all(folder, error);
  if (error) return fail(ErrorCode::io, "cannot delete the kept rows: " + error.message());
  return {};
}

Result<std::optional<std::string>> RowStore::get(std::string_view key) const {
  std::string value;
  const auto status = database_->Get({}, key, &value);
  if (status.IsNotFound()) return std::optional<std::string>();
  if (!status.ok()) return failure(status);
  return std::optional(std::move(value));
}

Result<void> RowStore::scan(std::string_view prefix, const RowReader& read) const {
  return scan(prefix, end_of_prefix(prefix), read);
}

Result<void> RowStore::scan(std::string_view from, std::string_view to,
                            const RowReader& read) const {
  const rocksdb::Slice upper_bound = to;
  rocksdb::ReadOptions options;
  if (!to.empty()) options.iterate_upper_bound = &upper_bound;
  const std::unique_ptr<rocksdb::Iterator> row(database_->NewIterator(options));
  for (row->Seek(from); row->Valid(); row->Next()) {
    LIGGARE_CHECK(
        read({row->key().data(), row->key().size()}, {row->value().data(), row->value().size()}));
  }
  if (!row->status().ok()) return failure(row->status());
  return {};
}

Result<std::string> RowStore::middle(std::string_view prefix) const {
  const std::string end = end_of_prefix(prefix);
  const rocksdb::Slice upper_bound = end;
  rocksdb::ReadOptions options;
  if (!end.empty()) options.iterate_upper_bound = &upper_bound;
  const std::unique_ptr<rocksdb::Iterator> row(database_->NewIterator(options));
  std::string first(prefix);
  std::string last(prefix);
  row->Seek(prefix);
  if (row->Valid()) first = row->key().ToString();
  row->SeekToLast();
  if (row->Valid()) last = row->key().ToString();
  if (!row->status().ok()) return failure(row->status());
  return first < last && first.starts_with(prefix) ? between(first, last) : std::string(prefix);
}

Result<void> RowStore::apply(std::span<const RowChange> changes) {
  auto batch = protected_batch();
  for (const auto& change : changes) {
    const auto status =
        change.value ? batch.Put(change.key, *change.value) : batch.Delete(change.key);
    LIGGARE_ASSERT(status.ok(), "a batch in memory refused a row");
  }
  const auto status = database_->Write({}, &batch);
  if (!status.ok()) return failure(status);
  return {};
}

Result<std::optional<std::string>> RowStore::write_table(const std::string& name,
                                                         const RowFill& fill) const {
  const std::string file = folder_ + "/" + name + ".rows";
  // One that a cut left there may be another name of a table taken in then: writing into it would
  // change that table.
  std::error_code error;
  fs::remove(file, error);
  if (error) return fail(ErrorCode::io, file + ": " + error.message());
  rocksdb::SstFileWriter writer(rocksdb::EnvOptions(), database_->GetOptions());
  rocksdb::Status status;
  bool is_open = false;
  fill([&](std::string_view key, std::string_view value) {
    if (!is_open) {
      status = writer.Open(file);
      is_open = true;
    }
    if (status.ok()) status = writer.Put(key, value);
  });
  if (!is_open) return std::optional<std::string>();
  if (status.ok()) status = writer.Finish();
  if (!status.ok()) return failure(status);
  return std::optional(file);
}

Result<void> RowStore::take_tables(const std::vector<std::string>& files) {
  if (files.empty()) return {};
  // What refers to the rows must not be older than they are after a power cut.
  auto status = database_->SyncWAL();
  rocksdb::IngestExternalFileOptions options;
  options.move_files = true;
  options.write_global_seqno = false;
  if (status.ok()) status = database_->IngestExternalFile(files, options);
  if (!status.ok()) return failure(status);
  return {};
}

Result<void> RowStore::erase(std::string_view prefix) {
  const std::string end = end_of_prefix(prefix);
  LIGGARE_ASSERT(!end.empty(), "a prefix has a key after it");
  const auto status = database_->DeleteRange({}, database_->DefaultColumnFamily(), prefix, end);
  if (!status.ok()) return failure(status);
  return {};
}

Unexpected<Error> RowStore::failure(const rocksdb::Status& status) const {
  return Unexpected{error_from(status, folder_)};
}

}  // namespace liggare::store
