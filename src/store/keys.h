// The log's families and the bytes of their keys and values (schema of DIR/log).
//
// Pure functions: verification uses them to judge stored keys without the writer's code.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "merkle/tree.h"

namespace liggare::store {

enum class Family {
  events,   // u64 position → the record's bytes: the leaf.
  streams,  // subject ‖ 0x00 ‖ u64 version → u64 position.
  ids,      // event id → u64 position.
  tree,     // u8 level ‖ u64 index → hash of that complete subtree.
  heads,    // "head" → u64 size ‖ root; "ledger" → the identity.
};

inline constexpr std::string_view head_key = "head";
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

std::string head_bytes(const merkle::TreeHead& head);
std::optional<merkle::TreeHead> read_head(std::string_view bytes);

}  // namespace liggare::store
