#include "store/rocks/options.h"

#include <rocksdb/cache.h>
#include <rocksdb/file_checksum.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/table.h>
#include <rocksdb/write_batch.h>

namespace liggare::store {
namespace {

constexpr std::size_t mebibyte = std::size_t{1} << 20;
constexpr std::size_t block_cache_bytes = 256 * mebibyte;
// For what is read a table at a time: fewer blocks to fetch and to unpack.
constexpr std::size_t scanned_block_bytes = std::size_t{32} << 10;
constexpr int bloom_bits_per_key = 10;
constexpr double memtable_bloom_share = 0.05;

// RocksDB's own diagnostics would put LOG files into the ledger's folder, also beside a reader.
class SilentLogger final : public rocksdb::Logger {
 public:
  SilentLogger() : Logger(rocksdb::InfoLogLevel::HEADER_LEVEL) {}
  using Logger::Logv;
  void Logv(const char*, va_list) override {}
  void LogHeader(const char*, va_list) override {}
};

// A stream's keys share their subject and its 0x00, so one filter look-up finds a missing stream.
class SubjectPrefix final : public rocksdb::SliceTransform {
 public:
  const char* Name() const override { return "liggare.subject"; }
  rocksdb::Slice Transform(const rocksdb::Slice& key) const override {
    return {key.data(), key.size() - sizeof(std::uint64_t)};
  }
  bool InDomain(const rocksdb::Slice& key) const override {
    return key.size() > sizeof(std::uint64_t) && key[key.size() - sizeof(std::uint64_t) - 1] == 0;
  }
};

rocksdb::DBOptions common_options(rocksdb::Env* env, WhenMissing when_missing) {
  rocksdb::DBOptions options;
  if (env != nullptr) options.env = env;
  options.create_if_missing = when_missing == WhenMissing::create;
  options.create_missing_column_families = options.create_if_missing;
  options.info_log = std::make_shared<SilentLogger>();
  options.stats_dump_period_sec = 0;
  options.stats_persist_period_sec = 0;
  options.max_open_files = -1;
  // Sixteen for each family by default, started also where there is but one small file to open.
  options.max_file_opening_threads = 1;
  options.max_bgerror_resume_count = 0;
  options.bytes_per_sync = mebibyte;
  return options;
}

rocksdb::BlockBasedTableOptions table_options(const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = cache;
  table.format_version = 5;
  return table;
}

rocksdb::ColumnFamilyOptions family_options(rocksdb::BlockBasedTableOptions table,
                                            std::size_t write_buffer_mebibytes) {
  rocksdb::ColumnFamilyOptions options;
  options.write_buffer_size = write_buffer_mebibytes * mebibyte;
  options.compression = rocksdb::kLZ4Compression;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return options;
}

rocksdb::ColumnFamilyOptions streams_options(rocksdb::BlockBasedTableOptions table) {
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(bloom_bits_per_key));
  table.whole_key_filtering = false;
  auto options = family_options(table, 16);
  options.compression = rocksdb::kZSTD;
  options.prefix_extractor = std::make_shared<SubjectPrefix>();
  options.memtable_prefix_bloom_size_ratio = memtable_bloom_share;
  return options;
}

// Most look-ups of an id ask for one that is not there yet.
rocksdb::ColumnFamilyOptions ids_options(rocksdb::BlockBasedTableOptions table) {
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(bloom_bits_per_key));
  auto options = family_options(table, 16);
  options.compression = rocksdb::kZSTD;
  options.memtable_prefix_bloom_size_ratio = memtable_bloom_share;
  options.memtable_whole_key_filtering = true;
  return options;
}

// Keys that come in order within what their first byte tells: each finds its place beside the last.
void insert_in_order(rocksdb::ColumnFamilyOptions& options) {
  options.memtable_insert_with_hint_prefix_extractor.reset(rocksdb::NewCappedPrefixTransform(1));
}

rocksdb::ColumnFamilyOptions events_options(rocksdb::BlockBasedTableOptions table) {
  auto options = family_options(table, 64);
  insert_in_order(options);
  return options;
}

rocksdb::ColumnFamilyOptions tree_options(rocksdb::BlockBasedTableOptions table) {
  auto options = family_options(table, 16);
  insert_in_order(options);
  options.compression = rocksdb::kZSTD;  // Hashes do not compress; their keys do.
  return options;
}

}  // namespace

rocksdb::DBOptions log_options(rocksdb::Env* env, WhenMissing when_missing) {
  auto options = common_options(env, when_missing);
  options.paranoid_checks = true;
  // The default mode, kPointInTimeRecovery, drops a damaged tail without a word; a missing tail
  // is seen by no mode: that is HEAD's work (evidence, section 3).
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  options.recycle_log_file_num = 0;
  options.file_checksum_gen_factory = rocksdb::GetFileChecksumGenCrc32cFactory();
  // What a reader beside the writer has to replay when it opens.
  options.max_total_wal_size = 96 * mebibyte;
  return options;
}

std::vector<rocksdb::ColumnFamilyDescriptor> log_families() {
  const auto table = table_options(rocksdb::NewLRUCache(block_cache_bytes));
  return {{rocksdb::kDefaultColumnFamilyName, family_options(table, 1)},
          {"events", events_options(table)},
          {"streams", streams_options(table)},
          {"ids", ids_options(table)},
          {"tree", tree_options(table)},
          {"heads", family_options(table, 1)}};
}

rocksdb::Options row_options(rocksdb::Env* env, WhenMissing when_missing) {
  auto table = table_options(rocksdb::NewLRUCache(block_cache_bytes / 4));
  table.block_size = scanned_block_bytes;
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(bloom_bits_per_key));
  auto options = common_options(env, when_missing);
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  auto rows = family_options(table, 32);
  // A rebuild takes in table upon table: merging every four would copy its rows over and over.
  rows.level0_file_num_compaction_trigger = 32;
  rows.level0_slowdown_writes_trigger = 128;
  rows.level0_stop_writes_trigger = 256;
  return {options, rows};
}

rocksdb::WriteOptions synced_write() {
  rocksdb::WriteOptions options;
  options.sync = true;
  return options;
}

rocksdb::WriteBatch protected_batch() {
  constexpr std::size_t protection_bytes_per_key = 8;
  return rocksdb::WriteBatch(0, 0, protection_bytes_per_key, 0);
}

}  // namespace liggare::store
