// Checks a bundle: that its events stand in the ledger, that none of the stream is left out, and
// that what is written beside them says the same.
#pragma once

#include <filesystem>

#include "audit/bundle_format.h"
#include "audit/outcome.h"
#include "audit/trust.h"

namespace liggare::audit {

// Reads a folder whole. Refusals: unreadable where something in it is neither a plain file nor a
// folder (links are not followed), malformed where it is larger than any bundle, missing.
Checked<BundleFiles> read_bundle(const std::filesystem::path& folder);

Outcome check_bundle(const BundleFiles& files, const Trust& trust);
Outcome check_bundle(const std::filesystem::path& folder, const Trust& trust);

}  // namespace liggare::audit
