#include "store/keys.h"

#include "base/bytes.h"
#include "store/tree_layout.h"

namespace liggare::store {
namespace {

constexpr std::size_t integer_bytes = 8;
constexpr char tile_mark = 64;  // After every level.

std::string hashes_after(std::string bytes, const std::vector<Hash>& hashes) {
  bytes.reserve(bytes.size() + hashes.size() * hash_bytes);
  for (const Hash& hash : hashes) bytes.append(hash.view());
  return bytes;
}

// Requires whole hashes.
std::vector<Hash> hashes_in(std::string_view bytes) {
  std::vector<Hash> hashes;
  hashes.reserve(bytes.size() / hash_bytes);
  for (; !bytes.empty(); bytes.remove_prefix(hash_bytes)) {
    hashes.push_back(Hash::from(bytes.substr(0, hash_bytes)));
  }
  return hashes;
}

}  // namespace

std::string position_bytes(std::uint64_t position) {
  std::string bytes;
  put_u64(bytes, position);
  return bytes;
}

std::optional<std::uint64_t> read_position(std::string_view bytes) {
  if (bytes.size() != integer_bytes) return std::nullopt;
  return get_u64(bytes);
}

std::string stream_key(std::string_view subject, std::uint64_t version) {
  std::string key;
  key.reserve(subject.size() + 1 + integer_bytes);
  key.append(subject).push_back('\0');
  put_u64(key, version);
  return key;
}

std::optional<StreamKey> read_stream_key(std::string_view key) {
  const auto separator = key.find('\0');
  if (separator == std::string_view::npos || separator == 0) return std::nullopt;
  if (key.size() != separator + 1 + integer_bytes) return std::nullopt;
  return StreamKey{std::string(key.substr(0, separator)), get_u64(key.substr(separator + 1))};
}

std::string node_key(merkle::NodeId id) {
  LIGGARE_ASSERT(id.level < 64, "a tree of more than 2^64 leaves");
  std::string key(1, static_cast<char>(id.level));
  put_u64(key, id.index);
  return key;
}

std::optional<merkle::NodeId> read_node_key(std::string_view key) {
  if (key.size() != 1 + integer_bytes) return std::nullopt;
  const unsigned level = static_cast<unsigned char>(key.front());
  if (level >= 64) return std::nullopt;
  return merkle::NodeId{level, get_u64(key.substr(1))};
}

std::string tile_key(std::uint64_t index) {
  std::string key(1, tile_mark);
  put_u64(key, index);
  return key;
}

std::optional<std::uint64_t> read_tile_key(std::string_view key) {
  if (key.size() != 1 + integer_bytes || key.front() != tile_mark) return std::nullopt;
  return get_u64(key.substr(1));
}

std::string tile_value(const std::vector<Hash>& leaves) {
  LIGGARE_ASSERT(leaves.size() == tile_leaves, "a tile that is not whole");
  return hashes_after({}, leaves);
}

std::optional<std::vector<Hash>> read_tile(std::string_view value) {
  if (value.size() != tile_bytes) return std::nullopt;
  return hashes_in(value);
}

std::string edge_bytes(const TreeEdge& edge) {
  LIGGARE_ASSERT(edge.leaves.size() < tile_leaves, "an edge that is a whole tile");
  return hashes_after(position_bytes(edge.tile), edge.leaves);
}

std::optional<TreeEdge> read_edge(std::string_view bytes) {
  if (bytes.size() < integer_bytes) return std::nullopt;
  const std::string_view hashes = bytes.substr(integer_bytes);
  if (hashes.size() % hash_bytes != 0 || hashes.size() >= tile_bytes) return std::nullopt;
  return TreeEdge{get_u64(bytes), hashes_in(hashes)};
}

std::string head_bytes(const merkle::TreeHead& head) {
  std::string bytes;
  put_u64(bytes, head.tree_size);
  bytes.append(head.root_hash.view());
  return bytes;
}

std::optional<merkle::TreeHead> read_head(std::string_view bytes) {
  if (bytes.size() != integer_bytes + hash_bytes) return std::nullopt;
  return merkle::TreeHead{get_u64(bytes), Hash::from(bytes.substr(integer_bytes))};
}

}  // namespace liggare::store
