#include "ledger/restore_anchors.h"

#include <fmt/format.h>

#include <algorithm>

#include "ledger/key_folder.h"
#include "merkle/checkpoint.h"
#include "store/head_file.h"

namespace liggare::ledger {
namespace {

Unexpected<Error> anothers(const std::string& what, const std::string& origin,
                           const BackupManifest& manifest) {
  return fail(ErrorCode::invalid_argument,
              fmt::format("{} is of {}, the backup of {}; nothing was changed", what, origin,
                          manifest.identity.origin));
}

// How an anchor is called in a sentence; other names are phrases already.
std::string spoken(const std::string& name) {
  if (name == "head") return "HEAD";
  if (name == "log") return "the log that is there";
  if (name == "signed") return "SIGNED, beside the keys,";
  if (name == "checkpoint") return "the checkpoint given";
  return name;
}

// The one that is given; else those in the key folder.
std::vector<merkle::VerifierKey> known_keys(const Folders& folders,
                                            const LedgerRestoreRequest& request) {
  if (request.key) return {*request.key};
  const KeyFolder folder(folders.keys);
  std::vector<merkle::VerifierKey> keys;
  if (const auto last = folder.last_signed()) keys.push_back(last->key);
  if (const auto key = folder.signing_key()) keys.push_back(key->verifier());
  if (const auto retired = folder.retired_keys()) {
    for (const RetiredKey& each : *retired) keys.push_back(each.key.verifier());
  }
  return keys;
}

Result<merkle::Checkpoint> open_given(const Folders& folders, const LedgerRestoreRequest& request) {
  const auto keys = known_keys(folders, request);
  if (keys.empty()) {
    return fail(ErrorCode::invalid_argument,
                "a checkpoint says nothing without the ledger's key: give --vkey, or --keys where "
                "the ledger's keys lie");
  }
  for (const merkle::VerifierKey& key : keys) {
    LIGGARE_TRY(const bool is_signed, merkle::is_signed_by(*request.checkpoint, key));
    if (is_signed) return merkle::open_checkpoint(*request.checkpoint, key);
  }
  return fail(ErrorCode::invalid_argument,
              "the checkpoint given is not signed by a key of this ledger");
}

}  // namespace

Result<std::vector<Anchor>> anchors_of(const Folders& folders, const BackupManifest& manifest,
                                       const LedgerRestoreRequest& request, const FormerLog* log) {
  std::vector<Anchor> anchors;
  // A HEAD that is gone or damaged says nothing; it may be why the ledger is restored.
  const auto floor = store::HeadFile::read(folders.ledger / "HEAD");
  if (!floor && floor.error().code == ErrorCode::io) {
    return fail(ErrorCode::io, floor.error().message +
                                   "; nothing was changed. Where the disk has lost HEAD, move it "
                                   "away, and run the same command again");
  }
  if (floor && floor->newest) anchors.push_back({"head", floor->newest->head});
  if (log != nullptr) {
    if (log->origin != manifest.identity.origin) {
      return anothers("the ledger that is there", log->origin, manifest);
    }
    anchors.push_back({"log", log->head});
  }
  const auto last = KeyFolder(folders.keys).last_signed();
  if (!last && last.error().code != ErrorCode::not_found) return Unexpected{last.error()};
  if (last) {
    if (last->key.name != manifest.identity.origin) {
      return anothers("SIGNED, beside the keys,", last->key.name, manifest);
    }
    LIGGARE_TRY(const merkle::TreeHead head, last->head());
    if (last->note) anchors.push_back({"signed", head});
  }
  if (request.checkpoint) {
    LIGGARE_TRY(const merkle::Checkpoint given, open_given(folders, request));
    if (given.origin != manifest.identity.origin) {
      return anothers("the checkpoint given", given.origin, manifest);
    }
    anchors.push_back({"checkpoint", given.head});
  }
  return anchors;
}

Result<std::optional<bool>> is_signed(const Folders& folders, const BackupManifest& manifest,
                                      const LedgerRestoreRequest& request) {
  const merkle::SignedNote note{manifest.text(), manifest.signatures};
  const auto keys = known_keys(folders, request);
  for (const merkle::VerifierKey& key : keys) {
    const auto is_its = merkle::is_signed_by(note, key);
    if (is_its && *is_its) return std::optional(true);
  }
  if (request.key) {
    return fail(ErrorCode::diverged,
                "the backup's manifest is not signed by the key given, so whoever could write its "
                "folder may have made it; nothing was changed. Find a backup that is signed, or "
                "leave --vkey out");
  }
  return keys.empty() ? std::optional<bool>() : std::optional(false);
}

Result<std::optional<merkle::TreeHead>> judge_age(
    const std::vector<Anchor>& anchors, const BackupManifest& manifest, const FormerLog* log,
    const std::optional<std::string>& accept_rollback) {
  const std::uint64_t size = manifest.head.tree_size;
  if (log != nullptr && log->head.tree_size >= size) {
    // Of a damaged tree that root may be lost; its size is known all the same.
    const auto root = log->root_at(size);
    if (root && *root != manifest.head.root_hash) return other_history("log", size);
  }
  const auto most =
      std::max_element(anchors.begin(), anchors.end(), [](const Anchor& left, const Anchor& right) {
        return left.head.tree_size < right.head.tree_size;
      });
  if (most == anchors.end() || most->head.tree_size <= size) {
    return std::optional<merkle::TreeHead>();
  }
  if (!accept_rollback) return rollback(most->name, size, most->head.tree_size);
  return std::optional(most->head);
}

Unexpected<Error> rollback(const std::string& what, std::uint64_t has, std::uint64_t known) {
  return fail(ErrorCode::diverged,
              fmt::format("rollback: the backup has {} entries, {} says {}; nothing was changed. "
                          "Find a newer backup, or give --accept-rollback REASON to lose what "
                          "came after it",
                          has, spoken(what), known));
}

Unexpected<Error> other_history(const std::string& what, std::uint64_t size) {
  return fail(ErrorCode::diverged,
              fmt::format("the backup is another history than {} knows, at {} entries; nothing was "
                          "changed, and no option changes that. Find out which of the two is the "
                          "true one",
                          spoken(what), size));
}

}  // namespace liggare::ledger
