// The files of a vault's folder, and how a folder becomes a vault.
#pragma once

#include <filesystem>
#include <string_view>

#include "base/result.h"

namespace liggare::vault {

inline constexpr const char* slots_file = "slots";
inline constexpr const char* keys_file = "keys.sqlite";

// Makes the folder for its owner alone, unless it is there; durable.
Result<void> make_vault_folder(const std::filesystem::path& folder);
Result<bool> is_there(const std::filesystem::path& path);
// Writes the slots whole and last: a folder without them is no vault.
Result<void> write_slots(const std::filesystem::path& folder, std::string_view bytes);

}  // namespace liggare::vault
