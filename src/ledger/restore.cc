#include "ledger/restore.h"

#include <fmt/format.h>

#include <set>
#include <system_error>

#include "base/bytes.h"
#include "base/file.h"
#include "domain/hash_name.h"
#include "ledger/backup_place.h"
#include "ledger/restore_access.h"
#include "ledger/restore_anchors.h"
#include "ledger/restore_leaves.h"
#include "ledger/restore_place.h"
#include "merkle/checkpoint.h"

namespace liggare::ledger {
namespace {

namespace fs = std::filesystem;

class Restore {
 public:
  Restore(const Folders& folders, const LedgerRestoreRequest& request)
      : folders_(folders),
        request_(request),
        clock_(request.clock != nullptr ? *request.clock : system_),
        place_(folders.ledger, clock_, request.exchange) {}

  Result<Result<RestoredLedger, Refusal>> run() {
    LIGGARE_CHECK(check_restore_place(place_.ledger(), request_.backup));
    LIGGARE_TRY(done_.manifest, read_manifest(request_.backup));
    LIGGARE_CHECK(place_.take());
    LIGGARE_TRY(anchors_, anchors_of(folders_, manifest(), request_, place_.log()));
    LIGGARE_TRY(done_.is_signed, is_signed(folders_, manifest(), request_));
    LIGGARE_TRY(done_.rolled_back_from,
                judge_age(anchors_, manifest(), place_.log(), request_.accept_rollback));
    const auto built = build();
    if (!built || !*built) {
      std::optional<Error> failure;
      if (!built) failure = as_of_restore(built.error());
      LIGGARE_CHECK(place_.clear_building());
      if (failure) return Unexpected{*failure};
      return Result<RestoredLedger, Refusal>(Unexpected{built->error()});
    }
    LIGGARE_TRY(done_.aside, place_.put_in_place([this] { step(); }));
    std::error_code ignored;
    done_.has_vault = fs::exists(place_.ledger() / "vault", ignored);
    for (const Anchor& anchor : anchors_) {
      done_.anchors.emplace_back(anchor.name);
      const bool is_signed = anchor.name == std::string_view("signed");
      if (is_signed && anchor.head.tree_size > manifest().head.tree_size) {
        done_.must_change_key = true;
      }
    }
    return Result<RestoredLedger, Refusal>(std::move(done_));
  }

 private:
  const BackupManifest& manifest() const { return done_.manifest; }
  void step() const {
    if (request_.at_step) request_.at_step();
  }

  // What the store says of a write that failed is for those who sent events. Here nobody did, and
  // what was made is gone.
  Error as_of_restore(const Error& error) const {
    if (error.code != ErrorCode::unknown_outcome) return error;
    std::error_code ignored;
    const fs::space_info space = fs::space(place_.ledger().parent_path(), ignored);
    return {ErrorCode::io, fmt::format("cannot write {}, where {} KiB are free; nothing was "
                                       "changed: see to the disk, and run the same command again",
                                       place_.building().string(), space.available >> 10)};
  }

  // The inner result is the refusal of ledger.rolled-back.
  Result<Result<void, Refusal>> build() {
    RestoreLeaves leaves(request_, manifest());
    LIGGARE_CHECK(build_log(leaves));
    const KeyFolder access_keys = KeyFolder::of_access_log(folders_.keys);
    RestoreAccess access(request_, manifest(), place_, access_keys, leaves);
    LIGGARE_CHECK(access.build());
    done_.access_records_kept = access.records_kept();
    LIGGARE_CHECK(copy_certificates());
    LIGGARE_TRY(auto said, say_it(access.is_behind()));
    if (!said) return said;
    std::error_code error;
    const fs::perms permissions = place_.has_ledger()
                                      ? fs::status(place_.ledger(), error).permissions()
                                      : fs::perms::owner_all;
    fs::permissions(place_.building(), permissions, error);
    if (error) return fail(ErrorCode::io, place_.building().string() + ": " + error.message());
    return said;
  }

  Result<void> build_log(RestoreLeaves& leaves) {
    LIGGARE_CHECK(place_.mark_unfinished());
    step();
    LIGGARE_TRY(auto tree, RestoredTree::make(place_.building(), manifest().identity,
                                              RestoredTree::Leaves::events));
    step();
    LIGGARE_CHECK(leaves.add_to(tree, "log", manifest().head));
    LIGGARE_CHECK(check_own_checkpoint(tree));
    for (const Anchor& anchor : anchors_) {
      const std::uint64_t size = anchor.head.tree_size;
      if (size > manifest().head.tree_size) continue;
      LIGGARE_TRY(const Hash root, tree.root_at(size));
      if (root != anchor.head.root_hash) return other_history(anchor.name, size);
    }
    return {};
  }

  // The checkpoint in the backup is of the ledger that the manifest names, and of these events.
  Result<void> check_own_checkpoint(const RestoredTree& tree) const {
    if (!manifest().checkpoint) return {};
    const auto own = merkle::Checkpoint::parse(manifest().checkpoint->text);
    if (own && own->origin == manifest().identity.origin &&
        own->head.tree_size <= manifest().head.tree_size) {
      LIGGARE_TRY(const Hash root, tree.root_at(own->head.tree_size));
      if (root == own->head.root_hash) return {};
    }
    return fail(ErrorCode::corrupt,
                "the checkpoint in the backup is not of its events: see liggare backup verify");
  }

  // Those of the backup, and those of the ledger that is there which are younger.
  Result<void> copy_certificates() const {
    std::set<std::string> copied;
    for (const BackupFile& file : manifest().files) {
      const std::string name = certificate_in(file.name);
      if (name.empty()) continue;
      LIGGARE_TRY(const std::string bytes, read_file(request_.backup / file.name));
      if (sha256({bytes}) != file.hash) {
        return fail(ErrorCode::corrupt, "the backup's file " + file.name +
                                            " is not what was written: see liggare backup verify");
      }
      LIGGARE_CHECK(keep_certificate(name, bytes));
      copied.insert(name);
    }
    std::error_code error;
    for (fs::directory_iterator entry(place_.ledger() / "erasures", error), end;
         !error && entry != end; entry.increment(error)) {
      const std::string name = entry->path().filename().string();
      if (!name.ends_with(".certificate") || copied.contains(name)) continue;
      LIGGARE_TRY(const std::string bytes, read_file(entry->path()));
      LIGGARE_CHECK(keep_certificate(name, bytes));
    }
    return {};
  }

  Result<void> keep_certificate(const std::string& name, const std::string& bytes) const {
    const fs::path folder = place_.building() / "erasures";
    std::error_code error;
    if (fs::create_directory(folder, error)) {
      LIGGARE_CHECK(sync_folder(place_.building()));
    }
    if (error) return fail(ErrorCode::io, folder.string() + ": " + error.message());
    return write_new_file(folder / name, bytes, Readers::owner);
  }

  // Opened as it will be used: it is judged as every ledger is that is opened, says that it was
  // rolled back where it was, and keeps its rows when it closes.
  Result<Result<void, Refusal>> say_it(bool is_access_behind) {
    const Folders folders{place_.building(), folders_.keys};
    LIGGARE_TRY(const auto ledger, Ledger::open({folders, Mode::write, &clock_}));
    if (request_.accept_rollback && (done_.rolled_back_from || is_access_behind)) {
      const merkle::TreeHead from = done_.rolled_back_from.value_or(manifest().head);
      done_.rolled_back_from = from;
      const std::string root = to_hex(from.root_hash.view());
      LIGGARE_TRY(const Verdict verdict,
                  ledger->append_own(
                      {domain::hash_name(fmt::format("rolled-back-{}-", manifest().head.tree_size),
                                         root.substr(0, 8)),
                       domain::EventType::ledger_rolled_back, domain::ledger_stream,
                       ledger->today(), request_.actor,
                       Json::object()
                           .add("fromSize", from.tree_size)
                           .add("fromRoot", root)
                           .add("reason", *request_.accept_rollback)}));
      if (!verdict) return Result<void, Refusal>(Unexpected{verdict.error()});
    }
    done_.head = ledger->head();
    return Result<void, Refusal>();
  }

  const Folders& folders_;
  const LedgerRestoreRequest& request_;
  const SystemClock system_;
  const Clock& clock_;
  RestorePlace place_;
  std::vector<Anchor> anchors_;
  RestoredLedger done_;
};

}  // namespace

Result<Result<RestoredLedger, Refusal>> restore_ledger(const Folders& folders,
                                                       const LedgerRestoreRequest& request) {
  return Restore(folders, request).run();
}

}  // namespace liggare::ledger
