// A folder of files for one person's eyes, which stands under its name only once it is whole.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>

#include "base/result.h"

namespace liggare::ledger {

// By name, which may lie in a folder of the folder: "proof/checkpoint".
using FolderFiles = std::map<std::string, std::string>;

// invalid_argument where something of this name is there already, io where no folder can be made
// there. Writes nothing.
Result<void> check_whole_folder(const std::filesystem::path& folder);

// Writes the files, for their owner alone, to `<folder>.part` and renames that; durable once it
// returns. After an error nothing of them is left. After a kill `folder` is whole or not there;
// what was written of it lies in `<folder>.part` and goes when the folder is written again. busy
// where another process is writing it; else errors as check_whole_folder(). `at_step` is called
// between what could be interrupted.
Result<void> write_whole_folder(const FolderFiles& files, const std::filesystem::path& folder,
                                const std::function<void()>& at_step = {});

}  // namespace liggare::ledger
