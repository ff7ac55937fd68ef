#include "store/rocks/torn_tail.h"

#include <fmt/format.h>
#include <rocksdb/file_system.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/crc32c.h"
#include "base/diagnostics.h"

namespace liggare::store {
namespace {

// RocksDB's format (log_gap.cc); its checksum is of type and bytes, rotated and shifted.
constexpr std::size_t block_bytes = 32'768;
constexpr std::size_t header_bytes = 7;
constexpr std::size_t sector_bytes = 512;
enum class Piece : unsigned char { none, whole, first, middle, last };

struct Header {
  std::uint32_t checksum = 0;
  std::size_t length = 0;
  Piece type = Piece::none;
};

std::uint32_t byte_at(std::string_view bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]);
}

// Requires that the header is there.
Header header_at(std::string_view file, std::size_t at) {
  const auto byte = [&](std::size_t i) { return byte_at(file, at + i); };
  return {byte(0) | byte(1) << 8U | byte(2) << 16U | byte(3) << 24U, byte(4) | byte(5) << 8U,
          static_cast<Piece>(byte(6))};
}

bool is_intact(std::string_view file, std::size_t at, const Header& header) {
  const std::uint32_t sum = crc32c(file.substr(at + header_bytes - 1, 1 + header.length));
  return ((sum >> 15U) | (sum << 17U)) + 0xa282ead8U == header.checksum;
}

// Where the torn record begins; no value where nothing is torn, or it is not a cut that tore it.
std::optional<std::size_t> torn_record_in(std::string_view file) {
  const std::size_t end = file.find_last_not_of('\0') + 1;
  const std::size_t zeros = (end + sector_bytes - 1) / sector_bytes * sector_bytes;
  if (end == 0 || zeros >= file.size()) return std::nullopt;
  std::optional<std::size_t> begun;  // A record of several pieces that is not at its end.
  for (std::size_t at = 0; at < end;) {
    const std::size_t left_in_block = block_bytes - at % block_bytes;
    if (left_in_block < header_bytes) {
      at += left_in_block;
      continue;
    }
    if (at + header_bytes > file.size()) return std::nullopt;
    const Header header = header_at(file, at);
    const std::size_t next = at + header_bytes + header.length;
    const bool is_last = next >= end;
    if (is_last && next > file.size()) return std::nullopt;  // RocksDB passes that over itself.
    if (is_last && !is_intact(file, at, header)) {
      if (next <= zeros) return std::nullopt;
      return begun.value_or(at);
    }
    if (header.type == Piece::first) begun = at;
    if (header.type == Piece::last || header.type == Piece::whole) begun.reset();
    if (header.type == Piece::none) return std::nullopt;  // A gap.
    at = next;
  }
  return begun;
}

// Whether only zeros stand from the last sector's beginning on: one read where nothing is torn.
bool may_be_torn(rocksdb::Env& env, const std::string& file) {
  std::uint64_t size = 0;
  std::unique_ptr<rocksdb::RandomAccessFile> opened;
  if (!env.GetFileSize(file, &size).ok() || size == 0) return false;
  if (!env.NewRandomAccessFile(file, &opened, rocksdb::EnvOptions()).ok()) return false;
  const std::uint64_t begin = (size - 1) / sector_bytes * sector_bytes;
  std::string buffer(sector_bytes, '\0');
  rocksdb::Slice read;
  if (!opened->Read(begin, static_cast<std::size_t>(size - begin), &read, buffer.data()).ok()) {
    return false;
  }
  return std::all_of(read.data(), read.data() + read.size(), [](char c) { return c == '\0'; });
}

// By number, the newest first.
bool is_newer(const std::string& one, const std::string& other) {
  return one.size() != other.size() ? one.size() > other.size() : one > other;
}

// What `log` holds of one kind, the newest first.
std::vector<std::string> files_of(rocksdb::Env& env, const std::filesystem::path& log,
                                  const std::function<bool(std::string_view)>& is_of_kind) {
  std::vector<std::string> names;
  // Whoever opens it says what is wrong with the folder.
  if (!env.GetChildren(log.string(), &names).ok()) return {};
  std::erase_if(names, [&](const std::string& name) { return !is_of_kind(name); });
  std::sort(names.begin(), names.end(), is_newer);
  return names;
}

class CutFile final : public rocksdb::FSSequentialFileOwnerWrapper {
 public:
  CutFile(std::unique_ptr<rocksdb::FSSequentialFile>&& file, std::uint64_t size)
      : FSSequentialFileOwnerWrapper(std::move(file)), left_(size) {}

  rocksdb::IOStatus Read(std::size_t size, const rocksdb::IOOptions& options,
                         rocksdb::Slice* result, char* scratch,
                         rocksdb::IODebugContext* context) override {
    const auto status = FSSequentialFileOwnerWrapper::Read(
        static_cast<std::size_t>(std::min<std::uint64_t>(size, left_)), options, result, scratch,
        context);
    if (status.ok()) left_ -= result->size();
    return status;
  }
  rocksdb::IOStatus Skip(std::uint64_t size) override {
    size = std::min(size, left_);
    left_ -= size;
    return FSSequentialFileOwnerWrapper::Skip(size);
  }

 private:
  std::uint64_t left_;
};

using Cuts = std::map<std::string, std::uint64_t>;  // File name to size.

class CutFileSystem final : public rocksdb::FileSystemWrapper {
 public:
  CutFileSystem(const std::shared_ptr<rocksdb::FileSystem>& under, Cuts cuts)
      : FileSystemWrapper(under), cuts_(std::move(cuts)) {}
  const char* Name() const override { return "CutFileSystem"; }

  rocksdb::IOStatus NewSequentialFile(const std::string& path, const rocksdb::FileOptions& options,
                                      std::unique_ptr<rocksdb::FSSequentialFile>* file,
                                      rocksdb::IODebugContext* context) override {
    auto status = FileSystemWrapper::NewSequentialFile(path, options, file, context);
    const auto cut = cuts_.find(std::filesystem::path(path).filename().string());
    if (status.ok() && cut != cuts_.end()) {
      *file = std::make_unique<CutFile>(std::move(*file), cut->second);
    }
    return status;
  }

 private:
  const Cuts cuts_;
};

class CutEnv final : public rocksdb::EnvWrapper {
 public:
  CutEnv(rocksdb::Env& under, Cuts cuts) : EnvWrapper(&under) {
    file_system_ = std::make_shared<CutFileSystem>(under.GetFileSystem(), std::move(cuts));
    system_clock_ = under.GetSystemClock();
  }
};

}  // namespace

std::unique_ptr<rocksdb::Env> without_torn_tails(rocksdb::Env& env,
                                                 const std::filesystem::path& log) {
  Cuts cuts;
  // Cuts the file where it is torn; gives whether anything was written to it.
  const auto look_at = [&](const std::string& name) {
    const std::string path = (log / name).string();
    std::uint64_t size = 0;
    std::string bytes;
    if (env.GetFileSize(path, &size).ok() && size == 0) return false;
    if (!may_be_torn(env, path) || !rocksdb::ReadFileToString(&env, path, &bytes).ok()) return true;
    if (bytes.find_first_not_of('\0') == std::string::npos) return false;
    if (const auto torn = torn_record_in(bytes)) {
      cuts.emplace(name, *torn);
      diagnostics::warn(
          fmt::format("log/{}: the last write was torn before it was synced, as by a "
                      "power cut; it is passed over",
                      name));
    }
    return true;
  };
  for (const auto& name :
       files_of(env, log, [](auto file) { return file.starts_with("MANIFEST-"); })) {
    look_at(name);
  }
  // A write-ahead log is begun when all before it is synced, but also by an opening that did not
  // come to its end: so the newest that was written to is the one that can have been cut.
  for (const auto& name : files_of(env, log, [](auto file) { return file.ends_with(".log"); })) {
    if (look_at(name)) break;
  }
  if (cuts.empty()) return nullptr;
  return std::make_unique<CutEnv>(env, std::move(cuts));
}

}  // namespace liggare::store
