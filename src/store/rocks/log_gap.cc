#include "store/rocks/log_gap.h"

#include <fmt/format.h>

#include "store/rocks/files.h"

namespace liggare::store {
namespace {

// RocksDB's format: blocks of records, each u32 checksum ‖ u16 length, little-endian ‖ u8 type ‖
// bytes; none crosses the end of its block.
constexpr std::size_t block_bytes = 32'768;
constexpr std::size_t header_bytes = 7;

// Where records end and zeros begin; the block's size where they don't.
std::size_t gap_in(std::string_view block) {
  std::size_t at = 0;
  while (at + header_bytes <= block.size()) {
    const auto low = static_cast<unsigned char>(block[at + 4]);
    const auto high = static_cast<unsigned char>(block[at + 5]);
    if (low == 0 && high == 0 && block[at + 6] == 0) return at;
    at += header_bytes + low + std::size_t{high} * 256;
  }
  return block.size();
}

Result<void> check_file(rocksdb::Env& env, const std::filesystem::path& file) {
  std::error_code absent;
  // Opening the log says so, and a pipe would be waited for.
  if (std::filesystem::is_other(file, absent)) return {};
  std::unique_ptr<rocksdb::SequentialFile> opened;
  auto status = env.NewSequentialFile(file.string(), &opened, rocksdb::EnvOptions());
  if (!status.ok()) return file_failure("cannot open", file, status);
  std::string buffer(block_bytes, '\0');
  bool has_gap = false;
  for (;;) {
    rocksdb::Slice block;
    status = opened->Read(block_bytes, &block, buffer.data());
    if (!status.ok()) return file_failure("cannot read", file, status);
    if (block.empty()) return {};
    const std::string_view bytes(block.data(), block.size());
    const std::size_t gap = has_gap ? 0 : gap_in(bytes);
    has_gap = has_gap || gap < bytes.size();
    if (bytes.find_first_not_of('\0', gap) == std::string_view::npos) continue;
    return fail(ErrorCode::corrupt,
                fmt::format("log/{} has a gap: what was written there lies elsewhere or is lost; "
                            "keep a copy of the folder as it is, and restore a backup",
                            file.filename().string()));
  }
}

}  // namespace

Result<void> check_for_gaps(rocksdb::Env& env, const std::filesystem::path& log) {
  std::vector<std::string> names;
  // Whoever opens it says what is wrong with the folder.
  if (!env.GetChildren(log.string(), &names).ok()) return {};
  for (const std::string& name : names) {
    if (!name.ends_with(".log")) continue;
    LIGGARE_CHECK(check_file(env, log / name));
  }
  return {};
}

}  // namespace liggare::store
