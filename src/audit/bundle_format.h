// What a bundle's folder holds, and what its files are called (docs/bundles.md).
//
// Shared by those who write bundles and those who check them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/sha256.h"

namespace liggare::audit {

inline constexpr std::string_view readme_name = "README.txt";
inline constexpr std::string_view sums_name = "SHA256SUMS";
inline constexpr std::string_view checkpoint_name = "checkpoint";
inline constexpr std::string_view events_name = "events.ndjson";
inline constexpr std::string_view completeness_name = "completeness.json";
inline constexpr std::string_view seal_leaf_name = "seal.leaf";
inline constexpr std::string_view seal_proof_name = "seal.tlog-proof";
inline constexpr std::string_view answer_name = "answer.json";
inline constexpr std::string_view disclosed_name = "disclosed.ndjson";
inline constexpr std::string_view leaves_folder = "leaves";
inline constexpr std::string_view proofs_folder = "proofs";
inline constexpr std::string_view schema_folder = "schema";

// "leaves/7.leaf" and "proofs/7.tlog-proof".
std::string leaf_path(std::uint64_t position);
std::string proof_path(std::uint64_t position);
// The position in a path that these give; nothing for any other.
std::optional<std::uint64_t> position_in_leaf_path(std::string_view path);
std::optional<std::uint64_t> position_in_proof_path(std::string_view path);

// Whether nothing but SHA256SUMS covers it: the README, and "schema/<name>.capnp".
bool is_informative(std::string_view path);
// Whether a bundle may hold a file of this path at all.
bool is_bundle_path(std::string_view path);

// Every file's bytes by its path within the folder, in byte order.
using BundleFiles = std::map<std::string, std::string, std::less<>>;
using Sums = std::map<std::string, Hash, std::less<>>;

// Of every file but SHA256SUMS itself.
Sums sums_of(const BundleFiles& files);
// "<hex>  <path>\n" for each, sorted bytewise by path: what sha256sum -c reads.
std::string print_sums(const Sums& sums);
// invalid_argument for anything that print_sums() would not give, and for paths that are not made
// of names of A-Za-z0-9._- with slashes between them, that leave the folder, or name SHA256SUMS.
Result<Sums> parse_sums(std::string_view text);

}  // namespace liggare::audit
