#include "store/keys.h"

#include "base/bytes.h"

namespace liggare::store {
namespace {

constexpr std::size_t integer_bytes = 8;

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
