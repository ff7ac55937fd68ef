#include "ledger/access_checkpoint.h"

#include <fmt/format.h>

#include "inspect/access_check.h"
#include "inspect/access_signed.h"
#include "ledger/access_log.h"
#include "ledger/key_folder.h"

namespace liggare::ledger {
namespace {

KeyFolder key_folder(const Ledger& ledger) {
  return KeyFolder::of_access_log(ledger.folders().keys);
}

Result<merkle::SigningKey> access_key(const Ledger& ledger) {
  auto key = key_folder(ledger).signing_key();
  if (!key && key.error().code == ErrorCode::not_found) {
    return fail(ErrorCode::not_found,
                key.error().message + "; make one with liggare keys access, once");
  }
  if (!key) return key;
  const std::string name = access_key_name(ledger.origin());
  if (key->verifier().name == name) return key;
  return fail(ErrorCode::invalid_argument, "access.key is named " + key->verifier().name +
                                               ", and this ledger's would be " + name +
                                               "; nothing was signed");
}

// The newest checkpoint that was signed; made anew from the one that stands in for it where it is
// lost. Without a note where none was signed yet.
Result<merkle::LastSigned> last_signed(const Ledger& ledger, const merkle::SigningKey& key,
                                       const CheckpointOptions& options) {
  auto found = key_folder(ledger).last_signed();
  if (found || found.error().code != ErrorCode::not_found) return found;
  if (!options.last_signed) return nothing_shows_the_last(found.error());
  LIGGARE_TRY(const auto checkpoint, merkle::Checkpoint::parse(options.last_signed->text));
  const merkle::LastSigned last{key.named(checkpoint.origin).verifier(), options.last_signed};
  LIGGARE_CHECK(last.head());
  return last;
}

// That the year that was signed last still begins so, or was dropped.
Result<void> check_growth(const Ledger& ledger, const merkle::LastSigned& last) {
  if (!last.note) return {};
  LIGGARE_TRY(const auto head, last.head());
  const auto year = inspect::access_year_of(ledger.origin(), last.key.name);
  if (!year) {
    return fail(ErrorCode::invalid_argument,
                "SIGNED.access is of " + last.key.name + ", not of this ledger's access log");
  }
  LIGGARE_TRY(const auto trees, inspect::AccessTrees::open(ledger.folders().ledger));
  LIGGARE_TRY(const auto standing, trees.judge_year(*year, head));
  if (standing == inspect::AccessStanding::holds) return {};
  if (standing == inspect::AccessStanding::dropped) return {};
  const char* why = standing == inspect::AccessStanding::missing
                        ? "it is gone, and nothing records that it was dropped"
                        : "it is shorter by now, or has another root at that size";
  return fail(ErrorCode::diverged,
              fmt::format("the access log of {} was signed at {} records: {}; nothing was signed: "
                          "find out which copy is the true one",
                          *year, head.tree_size, why));
}

bool is_same_pair(const merkle::VerifierKey& left, const merkle::VerifierKey& right) {
  return left.type == right.type && left.public_key == right.public_key;
}

}  // namespace

std::string access_key_name(const std::string& origin) { return origin + "/access"; }

Result<void> make_access_key(const Ledger& ledger) {
  LIGGARE_TRY(const auto lock, key_folder(ledger).lock());
  return key_folder(ledger).make_signing_key(access_key_name(ledger.origin()));
}

Result<merkle::VerifierKey> access_verifier_key(const Ledger& ledger) {
  LIGGARE_TRY(const auto key, access_key(ledger));
  LIGGARE_TRY(const AccessHead access, access_head(ledger.folders().ledger));
  const int year = access.year != 0 ? access.year : ledger.today().year();
  return key.named(access_origin(ledger.origin(), year)).verifier();
}

Result<NewestCheckpoint> newest_access_checkpoint(const Ledger& ledger,
                                                  const CheckpointOptions& options) {
  const KeyFolder keys = key_folder(ledger);
  LIGGARE_TRY(const auto lock, keys.lock());
  LIGGARE_TRY(const merkle::SigningKey key, access_key(ledger));
  LIGGARE_TRY(const merkle::LastSigned last, last_signed(ledger, key, options));
  if (!is_same_pair(last.key, key.verifier())) {
    return fail(ErrorCode::invalid_argument,
                "access.key is not the key that SIGNED.access names; nothing was signed");
  }
  LIGGARE_CHECK(check_growth(ledger, last));
  LIGGARE_TRY(const AccessHead access, access_head(ledger.folders().ledger));
  if (access.year == 0) return fail(ErrorCode::not_found, "there is no access log yet");
  const merkle::Checkpoint checkpoint{access_origin(ledger.origin(), access.year), access.head};
  const merkle::SigningKey named[] = {key.named(checkpoint.origin)};
  if (last.note && last.key.name == checkpoint.origin) {
    LIGGARE_TRY(const auto before, last.head());
    if (before == checkpoint.head) return NewestCheckpoint{*last.note, checkpoint, false};
  }
  merkle::LastSigned newest{named[0].verifier(), merkle::sign_checkpoint(checkpoint, named)};
  LIGGARE_CHECK(keys.remember(newest));
  return NewestCheckpoint{*std::move(newest.note), checkpoint, false};
}

}  // namespace liggare::ledger
