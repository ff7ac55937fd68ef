// How the façade opens kept rows: they only save time, so that what can't be opened is left alone,
// or made anew.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include "projection/kept_rows.h"

namespace liggare::ledger {

// Null where nothing is kept, or it can't be read.
std::unique_ptr<projection::KeptRows> open_kept_for_reading(const std::filesystem::path& folder);

// Opens kept rows for writing, made anew where they can't be opened, and calls `work`. Where that
// comes upon damage it is called once more, with nothing kept: what is damaged is no loss. busy
// where another process has them open for writing.
Result<void> with_kept_for_writing(const std::filesystem::path& folder,
                                   const std::function<Result<void>(projection::KeptRows&)>& work);

}  // namespace liggare::ledger
