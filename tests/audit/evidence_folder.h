// Evidence as files.
#pragma once

#include <filesystem>

#include "tests/audit/sample_evidence.h"

namespace liggare::audit {

void write_files(const std::filesystem::path& folder, const BundleFiles& files);

// checkpoint, and the tiles of the first `size` events, beside what lies there already.
void write_tiles(const std::filesystem::path& folder, const SampleEvidence& evidence,
                 std::uint64_t size);

}  // namespace liggare::audit
