#include <filesystem>

#include "base/bytes.h"
#include "base/sha256.h"
#include "ledger/backup_manifest.h"
#include "tests/fuzz/targets.h"

namespace liggare::fuzz {
namespace {

using ledger::BackupManifest;

void judge(std::string_view bytes) {
  const auto read = BackupManifest::parse(bytes);
  if (!read) return;
  LIGGARE_ASSERT(read->print() == bytes, "a manifest that has two texts");
  for (const ledger::BackupFile& file : read->files) {
    const std::filesystem::path path(file.name);
    LIGGARE_ASSERT(path.is_relative() && path.lexically_normal() == path && *path.begin() != "..",
                   "a file outside the backup");
    LIGGARE_ASSERT(read->find(file.name) == &file, "a file that is not found by its name");
  }
}

}  // namespace

// As it is, and with the sum that belongs to it.
void backup_manifest(std::string_view input) {
  judge(input);
  judge(std::string(input) + "sha256 " + to_hex(sha256({input}).view()) + "\n");
}

}  // namespace liggare::fuzz
