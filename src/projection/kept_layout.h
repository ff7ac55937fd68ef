// The keys and the bytes of kept rows on disk. Internal to projection: not in schema/, since they
// need not outlive a release.
//
// Keys:
//   "format"                            the layout of this store
//   "current/<projection>"              u64 build
//   "previous/<projection>"             u64 build
//   "build/<build>/<projection>"        its KeptState
//   "shadow"                            the Shadow
//   "row/<build>/<projection>/<table>" ‖ 0x00 ‖ key
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "projection/kept_rows.h"

namespace liggare::projection::kept_layout {

inline constexpr std::string_view format_key = "format";
inline constexpr std::string_view format = "3";
inline constexpr std::string_view shadow_key = "shadow";
inline constexpr std::string_view builds_prefix = "build/";
inline constexpr std::string_view current_prefix = "current/";
inline constexpr std::string_view previous_prefix = "previous/";

std::string current_key(std::string_view projection);
std::string previous_key(std::string_view projection);
std::string build_key(std::uint64_t build, std::string_view projection);
// The build and the projection of such a key; nothing for another's.
std::optional<std::pair<std::uint64_t, std::string>> read_build_key(std::string_view key);
std::string rows_prefix(std::uint64_t build, std::string_view projection);
std::string row_key(std::uint64_t build, std::string_view projection, const RowKey& key);

// corrupt: what is kept of the projection is not what was put.
Unexpected<Error> damaged(std::string_view projection);

std::string number_bytes(std::uint64_t number);
// A row's part in the checksum of its table.
std::uint64_t checksum_of(std::string_view table, std::string_view key, std::string_view row);

// The readers give no value for bytes that the writers would not have written.
std::string state_bytes(const KeptState& state);
std::optional<KeptState> read_state(std::uint64_t build, std::string_view bytes);
std::string shadow_bytes(const Shadow& shadow);
std::optional<Shadow> read_shadow(std::string_view bytes);

}  // namespace liggare::projection::kept_layout
