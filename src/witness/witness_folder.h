// A witness on disk: its key, the logs it cosigns, and its memory of them.
//
// FOLDER/witness.key · FOLDER/logs, a verifier key a line · FOLDER/state (state_folder.h).
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "witness/witness.h"

namespace liggare::witness {

struct WitnessFolder {
  std::filesystem::path folder;

  // Makes the folder and a key of that name from `seed`. invalid_argument where there is one.
  Result<void> create(const std::string& name, const SecretKey& seed) const;
  bool exists() const;

  // Makes the logs of these keys known, and remembers nothing of those that are new. A log that is
  // known already gets one more key. Durable once it returns; busy where the witness runs.
  Result<void> add_logs(const std::vector<merkle::VerifierKey>& keys) const;
  Result<std::vector<merkle::VerifierKey>> logs() const;

  Result<std::unique_ptr<Witness>> open(const Clock& clock) const;
};

}  // namespace liggare::witness
