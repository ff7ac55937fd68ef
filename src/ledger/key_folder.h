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
  // Of the ledger's own key.
  explicit KeyFolder(std::filesystem::path folder)
      : KeyFolder(std::move(folder), "signing", "SIGNED") {}
  // Of the key of its access log (ledger/access_checkpoint.h), which lies beside it.
  static KeyFolder of_access_log(std::filesystem::path folder) {
    return {std::move(folder), "access", access_signed_file};
  }
  static constexpr const char* access_signed_file = "SIGNED.access";

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
  KeyFolder(std::filesystem::path folder, const std::string& name, const char* signed_name)
      : folder_(std::move(folder)),
        key_(folder_ / (name + ".key")),
        next_(folder_ / (name + ".key.next")),
        signed_(folder_ / signed_name),
        retired_prefix_(name + ".retired-") {}

  std::filesystem::path folder_;
  std::filesystem::path key_;
  std::filesystem::path next_;
  std::filesystem::path signed_;
  std::string retired_prefix_;
};

// The refusal to sign where last_signed() is not_found, with what to do.
Unexpected<Error> nothing_shows_the_last(const Error& missing);

}  // namespace liggare::ledger
