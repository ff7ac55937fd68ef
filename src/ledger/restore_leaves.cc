#include "ledger/restore_leaves.h"

#include <fmt/format.h>

#include "ledger/backup_check.h"
#include "ledger/leaf_files.h"

namespace liggare::ledger {

RestoreLeaves::RestoreLeaves(const LedgerRestoreRequest& request, const BackupManifest& manifest)
    : request_(request), manifest_(manifest), total_(manifest.head.tree_size) {
  for (const AccessTree& year : manifest.access) total_ += year.head.tree_size;
}

Result<void> RestoreLeaves::add_to(RestoredTree& tree, const std::string& folder,
                                   const merkle::TreeHead& wanted) {
  for (const LeafFile& file : leaf_files(folder, wanted.tree_size)) {
    ReadLeaves read;
    LIGGARE_CHECK(read_leaf_file(request_.backup, manifest_, file, read));
    LIGGARE_CHECK(tree.add(read.leaves));
    done_ += file.count;
    if (request_.progress) request_.progress(done_, total_);
    if (request_.at_step) request_.at_step();
  }
  if (tree.head() == wanted) return {};
  return fail(ErrorCode::corrupt,
              fmt::format("the backup's leaves in {} make another root than its manifest says; "
                          "nothing was changed. Use another backup",
                          folder));
}

}  // namespace liggare::ledger
