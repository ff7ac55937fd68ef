// What anyone opens who holds a vault's or a backup's files and its key-encryption key: a few lines
// by schema/vault.md and evidence (section 2), with libsodium and SQLite and none of our code.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "sealing/section.h"

namespace liggare::vault {

// The plaintext with its padding; no value where the files and the key do not open the section.
std::optional<std::string> opened_by_hand(const std::filesystem::path& folder,
                                          const std::filesystem::path& key_file,
                                          const sealing::EventContext& event,
                                          const Section& section);

}  // namespace liggare::vault
