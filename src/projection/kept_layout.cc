#include "projection/kept_layout.h"

#include <fmt/format.h>

#include <charconv>

#include "base/bytes.h"
#include "base/short_hash.h"

namespace liggare::projection::kept_layout {
namespace {

void put_text(std::string& bytes, std::string_view text) {
  put_u32(bytes, static_cast<std::uint32_t>(text.size()));
  bytes += text;
}

// Reads what put_u32, put_u64 and put_text wrote; bytes that end too early give zeros and set
// is_damaged.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}
  std::uint32_t u32() { return get_u32(take(4)); }
  std::uint64_t u64() { return get_u64(take(8)); }
  Hash hash() { return Hash::from(take(hash_bytes)); }
  std::string text() {
    const std::uint32_t size = u32();
    return std::string(take(size));
  }
  bool is_damaged() const { return damaged_ || !bytes_.empty(); }
  bool has_more() const { return !damaged_ && !bytes_.empty(); }

 private:
  std::string_view take(std::size_t size) {
    static constexpr std::string_view zeros{
        "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", hash_bytes};
    if (size > bytes_.size()) {
      damaged_ = true;
      bytes_ = {};
      return zeros.substr(0, std::min(size, zeros.size()));
    }
    const std::string_view part = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return part;
  }

  std::string_view bytes_;
  bool damaged_ = false;
};

}  // namespace

std::string current_key(std::string_view projection) {
  return std::string(current_prefix) + std::string(projection);
}
std::string previous_key(std::string_view projection) {
  return std::string(previous_prefix) + std::string(projection);
}
std::string build_key(std::uint64_t build, std::string_view projection) {
  return fmt::format("{}{:016x}/{}", builds_prefix, build, projection);
}
std::optional<std::pair<std::uint64_t, std::string>> read_build_key(std::string_view key) {
  constexpr std::size_t digits = 16;
  const std::string_view rest = key.substr(builds_prefix.size());
  std::uint64_t build = 0;
  if (rest.size() <= digits || rest[digits] != '/') return std::nullopt;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + digits, build, 16);
  if (error != std::errc() || end != rest.data() + digits) return std::nullopt;
  return std::pair(build, std::string(rest.substr(digits + 1)));
}
std::string rows_prefix(std::uint64_t build, std::string_view projection) {
  return fmt::format("row/{:016x}/{}/", build, projection);
}
std::string row_key(std::uint64_t build, std::string_view projection, const RowKey& key) {
  return rows_prefix(build, projection) + joined_key(key.first, key.second);
}

Unexpected<Error> damaged(std::string_view projection) {
  return fail(ErrorCode::corrupt,
              "kept rows of projection " + std::string(projection) + " are damaged");
}

std::string number_bytes(std::uint64_t number) {
  std::string bytes;
  put_u64(bytes, number);
  return bytes;
}

std::uint64_t checksum_of(std::string_view table, std::string_view key, std::string_view row) {
  thread_local std::string bytes;
  bytes.clear();
  put_u32(bytes, static_cast<std::uint32_t>(table.size()));
  put_u32(bytes, static_cast<std::uint32_t>(key.size()));
  bytes.append(table).append(key).append(row);
  return short_hash(bytes);
}

std::string state_bytes(const KeptState& state) {
  std::string bytes;
  put_u32(bytes, static_cast<std::uint32_t>(state.version));
  put_u64(bytes, state.position);
  bytes += state.root.view();
  for (const auto& [name, table] : state.tables) {
    put_text(bytes, name);
    put_u64(bytes, table.rows);
    put_u64(bytes, table.checksum);
  }
  return bytes;
}

std::optional<KeptState> read_state(std::uint64_t build, std::string_view bytes) {
  Reader reader(bytes);
  KeptState state;
  state.build = build;
  state.version = static_cast<int>(reader.u32());
  state.position = reader.u64();
  state.root = reader.hash();
  while (reader.has_more()) {
    const std::string name = reader.text();
    const std::uint64_t rows = reader.u64();
    state.tables[name] = {rows, reader.u64()};
  }
  if (reader.is_damaged()) return std::nullopt;
  return state;
}

std::string shadow_bytes(const Shadow& shadow) {
  std::string bytes;
  put_u64(bytes, shadow.build);
  put_u64(bytes, shadow.head.tree_size);
  bytes += shadow.head.root_hash.view();
  put_text(bytes, shadow.done_through);
  for (const auto& [name, version] : shadow.projections) {
    put_text(bytes, name);
    put_u32(bytes, static_cast<std::uint32_t>(version));
  }
  return bytes;
}

std::optional<Shadow> read_shadow(std::string_view bytes) {
  Reader reader(bytes);
  Shadow shadow;
  shadow.build = reader.u64();
  shadow.head.tree_size = reader.u64();
  shadow.head.root_hash = reader.hash();
  shadow.done_through = reader.text();
  while (reader.has_more()) {
    std::string name = reader.text();
    shadow.projections.emplace_back(std::move(name), static_cast<int>(reader.u32()));
  }
  if (reader.is_damaged()) return std::nullopt;
  return shadow;
}

}  // namespace liggare::projection::kept_layout
