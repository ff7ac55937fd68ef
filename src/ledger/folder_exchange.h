// Two folders change places, so that at every moment, also after a kill, one of them is whole under
// each name; or nearly so, where the file system can't.
//
// Internal to ledger.
#pragma once

#include <filesystem>
#include <functional>

#include "base/result.h"

namespace liggare::ledger {

// As renameat2(2) with RENAME_EXCHANGE: 0, or errno's number.
using ExchangeCall =
    std::function<int(const std::filesystem::path& left, const std::filesystem::path& right)>;

// `place` and `other`, which lie in one folder, change places; durable once it returns. Where the
// file system can't do that in one step it is done in three, by way of `place`.replaced: after a
// kill in between end_exchange() puts things right. io, and nothing changed, where it fails. The
// system's own call is used where `call` is empty. `at_step` is called between what could be
// interrupted.
Result<void> exchange_folders(const std::filesystem::path& place,
                              const std::filesystem::path& other, const ExchangeCall& call,
                              const std::function<void()>& at_step);

// Ends an exchange that was stopped: forward where `other` already has the name `place`, else back.
// Returns whether it went back; nothing is done where there is nothing to end.
Result<bool> end_exchange(const std::filesystem::path& place, const std::filesystem::path& other);

// Whether nothing is there but, at most, an empty folder: that gives way to one that is renamed.
bool is_vacant(const std::filesystem::path& place);

// Whether an exchange was stopped in between.
bool is_exchange_open(const std::filesystem::path& place);

// Durable once it returns. io where it fails.
Result<void> rename_folder(const std::filesystem::path& from, const std::filesystem::path& to);

// "town", ".restoring": what lies beside a folder for as long as it is being replaced.
std::filesystem::path beside(const std::filesystem::path& folder, const char* ending);

}  // namespace liggare::ledger
