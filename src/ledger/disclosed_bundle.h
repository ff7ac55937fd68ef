// A bundle that also hands out section keys: what its reader may read, in the clear and with the
// keys that prove it (docs/bundles.md).
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "ledger/bundle.h"
#include "ledger/reading.h"

namespace liggare::ledger {

struct DisclosedBundle {
  Bundle bundle;
  std::string record_id;  // Of the entry in the access log, the last where there are several.
  std::uint64_t sections = 0;
};

// The bundle with disclosed.ndjson in it, written to a new folder that its owner alone may read.
// The reader's action is disclose-keys, whatever it says. Decided by the rules of reading, and
// recorded in the access log, durably, before any key is taken from the vault; where it can't be
// recorded, nothing is written. Where there is nothing to disclose, the bundle has no such file.
//
// invalid_argument where the folder exists, the subject is no participant, absence is asked for, or
// the reader breaks the glass: that is for looking. Else as make_bundle(), Reading::ask() and
// write_bundle() say. After an error there is no folder, and the access log may tell more than was
// handed out, never less.
Result<DisclosedBundle> write_disclosed_bundle(const Ledger& ledger, const NewestCheckpoint& newest,
                                               const BundleRequest& request, const Reader& reader,
                                               const std::filesystem::path& folder);

}  // namespace liggare::ledger
