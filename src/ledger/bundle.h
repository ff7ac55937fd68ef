// What an auditor takes home: one stream, proven, complete by the newest seal, in a folder
// (evidence, section 5; docs/bundles.md).
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "audit/bundle_format.h"
#include "base/file.h"
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

// Adds disclosed.ndjson, and says so in the README.
void add_disclosed(std::string_view origin, const domain::Subject& subject, std::string text,
                   Bundle& bundle);

// invalid_argument where something of this name is there.
Result<void> check_new_folder(const std::filesystem::path& folder);

// Writes the files to `folder`; durable once it returns. A new folder is written beside its place
// and moved there whole; into an empty one SHA256SUMS comes last. invalid_argument where the folder
// has something in it, or is not new and for its owner alone. What was written before an error is
// taken away again.
Result<void> write_bundle(const audit::BundleFiles& files, const std::filesystem::path& folder,
                          Readers readers = Readers::everyone);

}  // namespace liggare::ledger
