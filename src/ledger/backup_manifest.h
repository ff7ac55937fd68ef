// What a backup of the ledger holds: its trees, and every file with its size and SHA-256.
//
// BACKUP/manifest is lines of text, the signature of the ledger's key over them as a signed note
// has it (none where the key was not at hand), and the SHA-256 of all that stands before.
// docs/backups.md has the layout.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "merkle/signed_note.h"
#include "merkle/tree.h"
#include "store/ledger_identity.h"

namespace liggare::ledger {

inline constexpr std::string_view manifest_name = "manifest";
inline constexpr std::string_view certificate_folder = "erasures/";

struct BackupFile {
  std::string name;  // "log/000000007-8192", within the backup.
  std::uint64_t bytes = 0;
  Hash hash;
  bool operator==(const BackupFile&) const = default;
};

struct AccessTree {
  int year = 0;
  merkle::TreeHead head;
  bool operator==(const AccessTree&) const = default;
};

struct BackupManifest {
  store::LedgerIdentity identity;
  merkle::TreeHead head;
  Instant made;
  // The newest that the ledger's key had signed.
  std::optional<merkle::SignedNote> checkpoint;
  std::vector<AccessTree> access;  // In order of years.
  std::vector<BackupFile> files;   // In byte order of their names.
  std::vector<merkle::NoteSignature> signatures;

  // Null where there is no such file.
  const BackupFile* find(std::string_view name) const;

  // The lines that are signed.
  std::string text() const;
  // The whole file.
  std::string print() const;
  // corrupt for anything that print() would not give, and where the files are not those that the
  // trees need, and certificates. unsupported where a newer release wrote it.
  static Result<BackupManifest> parse(std::string_view bytes);
  bool operator==(const BackupManifest&) const = default;
};

// A certificate may be written anew, and the earlier one stays until the manifest names the new: so
// its file is named "erasures/<beginning of its hash>-<name>".
std::string certificate_file(const std::string& name, const Hash& hash);
// The certificate's own name; empty for a file that is none.
std::string certificate_in(std::string_view file);

// Of the backup in `folder`: not_found where there is none, invalid_argument where it is no folder;
// else as parse().
Result<BackupManifest> read_manifest(const std::filesystem::path& folder);

}  // namespace liggare::ledger
