#include "ledger/checkpoints.h"

#include <algorithm>
#include <chrono>
#include <system_error>
#include <thread>

#include "base/bytes.h"
#include "base/file.h"
#include "domain/ledger_events.h"
#include "ledger/accepted_rollback.h"
#include "ledger/key_rotation.h"
#include "store/event_log.h"

namespace liggare::ledger {
namespace {

std::string events(std::uint64_t size) { return std::to_string(size) + " events"; }

constexpr const char* find_the_true_one =
    "; write nothing to this ledger, and find out which copy is the true one";

// Whether the ledger still begins as it did when `before` was signed.
Result<void> check_growth(const Ledger& ledger, const merkle::TreeHead& before,
                          const std::string& named) {
  const merkle::TreeHead head = ledger.head();
  if (head.tree_size < before.tree_size) {
    return fail(ErrorCode::diverged, "the ledger has " + events(head.tree_size) + ", but " + named +
                                         " is of " + events(before.tree_size) +
                                         ": it was put back to an older state, or cut" +
                                         find_the_true_one);
  }
  const auto read = [&](merkle::NodeId id) { return ledger.log().node(id); };
  LIGGARE_TRY(const Hash root, merkle::root_at(before.tree_size, read));
  if (root == before.root_hash) return {};
  return fail(ErrorCode::diverged,
              "the ledger's root at " + events(before.tree_size) + " is " + to_hex(root.view()) +
                  ", but " + named + " says " + to_hex(before.root_hash.view()) +
                  ": its history was rewritten, or forked" + find_the_true_one);
}

// The key of this ledger that signed the note.
Result<merkle::VerifierKey> signer_of(const Ledger& ledger, const merkle::SignedNote& note) {
  LIGGARE_TRY(const auto keys, all_keys_ever(ledger));
  for (const merkle::VerifierKey& key : keys) {
    LIGGARE_TRY(const bool is_signed, merkle::is_signed_by(note, key));
    if (is_signed) return key;
  }
  return fail(ErrorCode::invalid_argument,
              "the checkpoint given is not signed by a key of this ledger");
}

// SIGNED; where it is lost, made anew from the checkpoint that stands in for it.
Result<merkle::LastSigned> last_signed(const Ledger& ledger, const KeyFolder& keys,
                                       const CheckpointOptions& options) {
  auto found = keys.last_signed();
  if (found || found.error().code != ErrorCode::not_found) return found;
  if (!options.last_signed) return nothing_shows_the_last(found.error());
  LIGGARE_CHECK(accept_checkpoint(ledger, *options.last_signed));
  LIGGARE_TRY(auto key, signer_of(ledger, *options.last_signed));
  merkle::LastSigned recovered{std::move(key), *options.last_signed};
  LIGGARE_CHECK(keys.remember(recovered));
  return recovered;
}

// Whether SIGNED names the key, or the ledger was changed to it.
Result<bool> is_own_key(const Ledger& ledger, const merkle::VerifierKey& key,
                        const merkle::VerifierKey& last) {
  if (key == last) return true;
  LIGGARE_TRY(const auto rotations, key_rotations(ledger));
  return std::any_of(rotations.begin(), rotations.end(),
                     [&](const auto& rotation) { return rotation.data.new_vkey == key.text(); });
}

// A key that nobody has rotated to may be another ledger's, put here by mistake.
Result<void> check_key(const Ledger& ledger, const merkle::VerifierKey& key,
                       const merkle::VerifierKey& last) {
  if (key.name != ledger.origin()) {
    return fail(ErrorCode::invalid_argument, "the signing key is named " + key.name +
                                                 ", the ledger " + ledger.origin() +
                                                 "; nothing was signed");
  }
  LIGGARE_TRY(const bool is_own, is_own_key(ledger, key, last));
  if (is_own) return {};
  return fail(ErrorCode::invalid_argument,
              "the signing key is neither the one that SIGNED names nor one that the ledger was "
              "changed to (liggare keys rotate); nothing was signed");
}

Result<std::vector<merkle::SigningKey>> signing_keys(const Ledger& ledger, const KeyFolder& keys) {
  std::vector<merkle::SigningKey> all;
  LIGGARE_TRY(merkle::SigningKey current, keys.signing_key());
  all.push_back(std::move(current));
  LIGGARE_TRY(auto retired, keys.retired_keys());
  if (retired.empty()) return all;
  LIGGARE_TRY(const auto rotations, key_rotations(ledger));
  for (const KeyRotation& rotation : rotations) {
    // A key that was given up, rather than changed, signs nothing more.
    if (!rotation.data.old_signature || !is_in_overlap(rotation, ledger.clock().now())) continue;
    for (RetiredKey& each : retired) {
      const bool is_here = std::any_of(all.begin(), all.end(), [&](const auto& key) {
        return key.verifier() == each.key.verifier();
      });
      if (each.key.verifier().text() == rotation.data.old_vkey && !is_here) {
        all.push_back(std::move(each.key));
        break;
      }
    }
  }
  return all;
}

bool is_cosigned(const merkle::SignedNote& note, const std::string& origin) {
  return std::any_of(note.signatures.begin(), note.signatures.end(),
                     [&](const merkle::NoteSignature& line) { return line.name != origin; });
}

Result<std::optional<merkle::Checkpoint>> published(const std::filesystem::path& file) {
  const auto text = read_file(file);
  if (!text && text.error().code == ErrorCode::not_found) {
    return std::optional<merkle::Checkpoint>();
  }
  if (!text) return Unexpected{text.error()};
  LIGGARE_TRY(const auto note, merkle::SignedNote::parse(*text));
  LIGGARE_TRY(auto checkpoint, merkle::Checkpoint::parse(note.text));
  return std::optional(std::move(checkpoint));
}

}  // namespace

Result<void> check_growth_since(const Ledger& ledger, const merkle::LastSigned& last) {
  if (!last.note) return {};
  LIGGARE_TRY(const auto before, last.head());
  auto grown = check_growth(ledger, before, "the checkpoint that was signed last");
  if (grown || grown.error().code != ErrorCode::diverged) return grown;
  LIGGARE_TRY(const auto rolled_back_at, rolled_back_behind(ledger, before));
  if (!rolled_back_at) {
    return fail(ErrorCode::diverged, grown.error().message + "; nothing was signed");
  }
  LIGGARE_TRY(const bool is_left_behind, is_given_up(ledger, last.key));
  if (is_left_behind) return {};
  return must_be_given_up(before.tree_size, *rolled_back_at);
}

Result<NewestCheckpoint> sign_newest(const Ledger& ledger, const KeyFolder& keys,
                                     const CheckpointOptions& options) {
  LIGGARE_CHECK(finish_rotation(ledger, keys));
  LIGGARE_TRY(const auto signers, signing_keys(ledger, keys));
  const merkle::VerifierKey& key = signers.front().verifier();
  LIGGARE_TRY(const merkle::LastSigned last, last_signed(ledger, keys, options));
  LIGGARE_CHECK(check_key(ledger, key, last.key));
  LIGGARE_CHECK(check_growth_since(ledger, last));
  if (last.note) {
    LIGGARE_TRY(const auto before, last.head());
    // The head and not its size: after a rollback the same size is of other events.
    if (before == ledger.head()) {
      return NewestCheckpoint{*last.note, {ledger.origin(), before}, false};
    }
  }
  const merkle::Checkpoint checkpoint{ledger.origin(), ledger.head()};
  merkle::LastSigned newest{key, merkle::sign_checkpoint(checkpoint, signers)};
  LIGGARE_CHECK(keys.remember(newest));
  const bool was_cosigned = last.note && is_cosigned(*last.note, ledger.origin());
  return NewestCheckpoint{*std::move(newest.note), checkpoint, was_cosigned};
}

namespace {

// Whoever has changed the key just now is ahead of what readers see by up to 100 ms.
Result<void> wait_for_own_key(Ledger& ledger, const KeyFolder& keys) {
  constexpr int attempts = 20;
  constexpr std::chrono::milliseconds pause{20};
  for (int attempt = 1;; ++attempt) {
    LIGGARE_CHECK(ledger.refresh());
    const auto key = keys.signing_key();
    const auto last = keys.last_signed();
    if (!key || !last || attempt == attempts) return {};  // sign_newest() says what is wrong.
    LIGGARE_TRY(const bool is_own, is_own_key(ledger, key->verifier(), last->key));
    if (is_own) return {};
    std::this_thread::sleep_for(pause);
  }
}

}  // namespace

Result<NewestCheckpoint> newest_checkpoint(Ledger& ledger, const CheckpointOptions& options) {
  const KeyFolder keys(ledger.folders().keys);
  LIGGARE_TRY(const auto lock, keys.lock());
  LIGGARE_CHECK(wait_for_own_key(ledger, keys));
  return sign_newest(ledger, keys, options);
}

Result<merkle::Checkpoint> accept_checkpoint(const Ledger& ledger, const merkle::SignedNote& note) {
  LIGGARE_TRY(const auto key, signer_of(ledger, note));
  LIGGARE_TRY(auto checkpoint, merkle::open_checkpoint(note, key));
  LIGGARE_CHECK(check_growth(ledger, checkpoint.head, "the checkpoint given"));
  return checkpoint;
}

Result<std::vector<merkle::VerifierKey>> verifier_keys(const Ledger& ledger) {
  const KeyFolder keys(ledger.folders().keys);
  LIGGARE_TRY(const auto lock, keys.lock());
  LIGGARE_CHECK(finish_rotation(ledger, keys));
  LIGGARE_TRY(const auto signers, signing_keys(ledger, keys));
  std::vector<merkle::VerifierKey> verifiers;
  for (const merkle::SigningKey& key : signers) verifiers.push_back(key.verifier());
  return verifiers;
}

Result<merkle::SignedNote> add_cosignatures(const Ledger& ledger, merkle::SignedNote note,
                                            std::span<const merkle::NoteSignature> cosignatures) {
  for (const merkle::NoteSignature& line : cosignatures) {
    const auto same_key = [&](const merkle::NoteSignature& other) {
      return other.name == line.name && other.key_id == line.key_id;
    };
    std::erase_if(note.signatures, same_key);
    note.signatures.push_back(line);
  }
  const KeyFolder keys(ledger.folders().keys);
  LIGGARE_TRY(const auto lock, keys.lock());
  LIGGARE_TRY(merkle::LastSigned last, keys.last_signed());
  if (!last.note || last.note->text != note.text) return note;
  last.note = note;
  LIGGARE_CHECK(keys.remember(last));
  return note;
}

Result<void> publish_checkpoint(const merkle::SignedNote& note,
                                const std::filesystem::path& folder) {
  LIGGARE_TRY(const auto checkpoint, merkle::Checkpoint::parse(note.text));
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return fail(ErrorCode::io, folder.string() + ": " + error.message());
  LIGGARE_TRY(const auto lock, lock_folder(folder));
  const auto newest = folder / "checkpoint";
  const auto before = published(newest);
  if (!before) {
    return fail(ErrorCode::invalid_argument, newest.string() + " holds no checkpoint (" +
                                                 before.error().message + "); nothing was changed");
  }
  if (*before && ((*before)->origin != checkpoint.origin ||
                  (*before)->head.tree_size > checkpoint.head.tree_size)) {
    return fail(ErrorCode::invalid_argument, newest.string() + " is of " + (*before)->origin +
                                                 " at " + events((*before)->head.tree_size) +
                                                 ": not replaced by one of " + checkpoint.origin +
                                                 " at " + events(checkpoint.head.tree_size) +
                                                 "; name a new folder where the ledger was rolled "
                                                 "back");
  }
  if (*before && (*before)->head.tree_size == checkpoint.head.tree_size &&
      (*before)->head != checkpoint.head) {
    return fail(ErrorCode::diverged, newest.string() + " has another root at " +
                                         events(checkpoint.head.tree_size) +
                                         "; nothing was published" + find_the_true_one);
  }
  const std::string name = std::to_string(checkpoint.head.tree_size) + ".checkpoint";
  LIGGARE_CHECK(replace_file(folder / name, note.print(), Readers::everyone));
  return replace_file(newest, note.print(), Readers::everyone);
}

}  // namespace liggare::ledger
