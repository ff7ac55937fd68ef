// The key folder: the keys that sign the ledger's checkpoints, and SIGNED, which remembers what
// they signed last (evidence, section 4).
//
// SIGNED lies beside the keys and not in the ledger's folder, so that a ledger that was put back to
// an older state can't sign again what it had signed differently.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/file_descriptor.h"
#include "merkle/last_signed.h"

namespace liggare::ledger {

// A key that signed before the one in use does, by the file it lies in.
struct RetiredKey {
  std::filesystem::path file;
  merkle::SigningKey key;
};

class KeyFolder {
 public:
  explicit KeyFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}

  // Makes a key named `origin`, and SIGNED; invalid_argument where either is there.
  Result<void> make_signing_key(const std::string& origin) const;

  // not_found where there is none, io where others than its owner may read it.
  Result<merkle::SigningKey> signing_key() const;
  // In no order that means anything.
  Result<std::vector<RetiredKey>> retired_keys() const;
  Result<merkle::LastSigned> last_signed() const;
  // Durable once it returns.
  Result<void> remember(const merkle::LastSigned& newest) const;

  // A key that is to take over, kept apart until the ledger has taken its rotation.
  Result<merkle::SigningKey> prepare_successor(const std::string& origin) const;
  // Nothing where there is none, or none that can be read.
  Result<std::optional<merkle::SigningKey>> successor() const;
  // The successor becomes the signing key; the one before it, where there is one, is retired.
  Result<void> install_successor() const;
  Result<void> drop_successor() const;

  // Held while something is signed or a key is changed: another process waits for it. not_found
  // where there is no key folder.
  Result<FileDescriptor> lock() const;

 private:
  std::filesystem::path folder_;
};

}  // namespace liggare::ledger
