// What an auditor takes home: one stream, proven, complete by the newest seal, in a folder
// (evidence, section 5; docs/bundles.md).
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "audit/bundle_format.h"
#include "ledger/checkpoints.h"
#include "ledger/ledger.h"

namespace liggare::ledger {

struct BundleRequest {
  domain::Subject subject;
  // Of a published edition: its answer goes along.
  std::optional<std::string> answer = std::nullopt;
  // The bundle is to show that there is no such stream.
  enum class Expect { events, absence } expect = Expect::events;
};

struct Bundle {
  audit::BundleFiles files;
  std::uint64_t events = 0;
  std::uint64_t sealed_size = 0;  // Complete for the events before this position.
  std::uint64_t after_seal = 0;   // Events of the stream that came later; they are in it too.
};

// The stream's events up to `newest`, personal data sealed. not_found where the stream has no
// events before the newest seal that the checkpoint covers, or there is no such seal; where absence
// was asked for, invalid_argument if the stream has events.
Result<Bundle> make_bundle(const Ledger& ledger, const NewestCheckpoint& newest,
                           const BundleRequest& request);

// Writes the files to `folder`, SHA256SUMS last; durable once it returns. invalid_argument where
// the folder has something in it. What was written before an error is taken away again.
Result<void> write_bundle(const audit::BundleFiles& files, const std::filesystem::path& folder);

}  // namespace liggare::ledger
