// What a damaged ledger still gives, for programs that damage one on purpose.
#pragma once

#include <filesystem>
#include <optional>

#include "merkle/tree.h"

namespace liggare::inspect {

// What a reader is served, every record hashed anew: no value where it is served nothing.
std::optional<merkle::TreeHead> served(const std::filesystem::path& folder);

// Harmless: verify finds nothing, and what is served is still `whole`.
enum class Verdict { found, harmless, unnoticed };
Verdict judge(const std::filesystem::path& folder, const merkle::TreeHead& whole);

}  // namespace liggare::inspect
