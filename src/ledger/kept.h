// How the façade opens kept rows: they only save time, so that what can't be opened is left alone,
// or made anew.
#pragma once

#include <filesystem>
#include <memory>

#include "projection/kept_rows.h"

namespace liggare::ledger {

// Null where nothing is kept, or it can't be read.
std::unique_ptr<projection::KeptRows> open_kept_for_reading(const std::filesystem::path& folder);

// Made anew where it is damaged. busy where another process has it open for writing.
Result<std::unique_ptr<projection::KeptRows>> open_kept_for_writing(
    const std::filesystem::path& folder);

}  // namespace liggare::ledger
