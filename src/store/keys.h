// The log's families and the bytes of their keys and values (schema of DIR/log).
//
// Pure functions: verification uses them to judge stored keys without the writer's code.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "merkle/tree.h"

namespace liggare::store {

enum class Family {
  events,   // u64 position → the record's bytes: the leaf.
  streams,  // subject ‖ 0x00 ‖ u64 version → u64 position.
  ids,      // event id → u64 position.
  tree,  // u8 level ‖ u64 index → hash of that complete subtree; u8 64 ‖ u64 index → a tile.
  heads,  // "head" → u64 size ‖ root; "edge" → the edge; "ledger" → the identity.
};

inline constexpr std::string_view head_key = "head";
inline constexpr std::string_view edge_key = "edge";
inline constexpr std::string_view identity_key = "ledger";

struct StreamKey {
  std::string subject;
  std::uint64_t version = 0;  // 1 for the stream's first event.
  bool operator==(const StreamKey&) const = default;
};

// A position stands as u64 big-endian, as key and as value. The readers give no value for bytes
// that no writer of ours would have written.
std::string position_bytes(std::uint64_t position);
std::optional<std::uint64_t> read_position(std::string_view bytes);

// Requires a subject without 0x00, so that byte order of keys is byte order of subjects.
std::string stream_key(std::string_view subject, std::uint64_t version);
std::optional<StreamKey> read_stream_key(std::string_view key);

std::string node_key(merkle::NodeId id);
std::optional<merkle::NodeId> read_node_key(std::string_view key);

// The tile of the leaves 16·index … 16·index + 15. The value is their hashes, one after the other
// (tree_layout.h).
std::string tile_key(std::uint64_t index);
std::optional<std::uint64_t> read_tile_key(std::string_view key);
std::string tile_value(const std::vector<Hash>& leaves);
std::optional<std::vector<Hash>> read_tile(std::string_view value);

// The leaf hashes of the tile that is not whole yet: fewer than a tile has, and none where every
// tile is whole. The value is u64 index ‖ these hashes.
struct TreeEdge {
  std::uint64_t tile = 0;
  std::vector<Hash> leaves;
  bool operator==(const TreeEdge&) const = default;
};
std::string edge_bytes(const TreeEdge& edge);
std::optional<TreeEdge> read_edge(std::string_view bytes);

std::string head_bytes(const merkle::TreeHead& head);
std::optional<merkle::TreeHead> read_head(std::string_view bytes);

}  // namespace liggare::store
