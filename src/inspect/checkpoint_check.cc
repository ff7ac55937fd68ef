#include "inspect/checkpoint_check.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/bytes.h"
#include "base/file.h"
#include "inspect/own_keys.h"
#include "inspect/rollbacks.h"
#include "merkle/last_signed.h"
#include "store/stored_tree.h"

namespace liggare::inspect {
namespace {

using merkle::Checkpoint;

constexpr const char* signer_file = "SIGNED";

// Given from outside, or named by the ledger as its own.
struct Keys {
  std::vector<merkle::VerifierKey> keys;
  bool are_given = false;
};

std::string name_of(const std::string& name, std::uint32_t id) {
  return fmt::format("{}+{:08x}", printable(name), id);
}

std::string names_of(const std::vector<merkle::VerifierKey>& keys) {
  std::vector<std::string> names;
  for (const merkle::VerifierKey& key : keys) names.push_back(name_of(key.name, key.id()));
  return fmt::format("{}", fmt::join(names, ", "));
}

std::string signers_of(const merkle::SignedNote& note) {
  std::vector<std::string> names;
  for (const auto& signature : note.signatures) {
    names.push_back(name_of(signature.name, signature.key_id));
  }
  return fmt::format("{}", fmt::join(names, ", "));
}

Error not_signed(const merkle::SignedNote& note, const Keys& keys) {
  return {ErrorCode::invalid_argument,
          fmt::format("signed by {}, not by {} {}{}", signers_of(note),
                      keys.are_given ? "the key given," : "a key of the ledger's own,",
                      names_of(keys.keys), keys.are_given ? "" : ": give its key with --vkey")};
}

// The first key whose signature is good decides; else the first that carries one.
Result<Checkpoint> open_with_any(std::string_view text, const Keys& keys) {
  LIGGARE_TRY(const auto note, merkle::SignedNote::parse(text));
  std::optional<Error> refusal;
  for (const merkle::VerifierKey& key : keys.keys) {
    const auto is_of_key = [&](const auto& signature) { return signature.is_of(key); };
    if (!std::any_of(note.signatures.begin(), note.signatures.end(), is_of_key)) continue;
    auto checkpoint = merkle::open_checkpoint(note, key);
    if (checkpoint) return checkpoint;
    if (!refusal) refusal = checkpoint.error();
  }
  return Unexpected{refusal ? *refusal : not_signed(note, keys)};
}

Result<GivenHead> open_one(const GivenCheckpoint& given, const Keys& keys) {
  auto checkpoint = open_with_any(given.note, keys);
  if (checkpoint) return GivenHead{given.name, *std::move(checkpoint)};
  return fail(ErrorCode::invalid_argument,
              fmt::format("{}: {}", given.name, checkpoint.error().message));
}

Result<Keys> keys_for(const VerifyOptions& options, const SignerState& signer,
                      const store::Database* database) {
  if (options.key) return Keys{{options.key->key}, true};
  LIGGARE_TRY(auto keys, own_keys(signer, database));
  if (!keys.empty()) return Keys{std::move(keys), false};
  return fail(ErrorCode::invalid_argument,
              "a checkpoint is checked with the ledger's key, and there is none to be read: give "
              "it with --vkey");
}

void read_last(std::string_view text, SignerState& state) {
  const auto last = merkle::LastSigned::parse(text);
  if (!last) {
    state.damage = last.error().message;
    return;
  }
  state.key = last->key;
  if (!last->note) return;
  const auto head = last->head();
  LIGGARE_ASSERT(head, "what was parsed is signed");
  state.newest = Checkpoint{last->key.name, *head};
}

// A rollback that was accepted explains what is gone, and excuses nothing.
Result<std::string> place_of_gone(const Examination& examination, const HeadClaim& claim) {
  LIGGARE_TRY(const auto at, rollback_behind(examination.database, claim.head));
  return at ? fmt::format("{}, before the rollback of event {}", claim.place, *at) : claim.place;
}

}  // namespace

SignerState read_signer(const std::filesystem::path& keys) {
  SignerState state;
  std::error_code error;
  if (keys.empty() || !std::filesystem::exists(keys, error)) {
    state.missing = Statement::no_key_folder;
    return state;
  }
  const auto text = read_file(keys / signer_file);
  if (text) {
    read_last(*text, state);
  } else {
    const bool is_missing = text.error().code == ErrorCode::not_found;
    state.missing = is_missing ? Statement::no_signer_file : Statement::signer_file_unread;
  }
  return state;
}

Result<GivenHeads> open_given(const VerifyOptions& options, const SignerState& signer,
                              const store::Database* database) {
  GivenHeads given;
  if (options.key) given.trust = options.key->trust;
  if (options.checkpoints.empty() && !options.since) return given;
  LIGGARE_TRY(const Keys keys, keys_for(options, signer, database));
  if (!given.trust) given.trust = Remark{Statement::ledgers_own_key};
  for (const GivenCheckpoint& one : options.checkpoints) {
    LIGGARE_TRY(auto opened, open_one(one, keys));
    given.checkpoints.push_back(std::move(opened));
  }
  if (options.since) {
    LIGGARE_TRY(given.since, open_one(*options.since, keys));
  }
  return given;
}

Result<void> check_origins(const GivenHeads& given, const std::string& origin) {
  const auto check = [&](const GivenHead& head) -> Result<void> {
    if (head.checkpoint.origin == origin) return {};
    return fail(ErrorCode::invalid_argument,
                fmt::format("{} is a checkpoint of {}, not of {}", head.name,
                            head.checkpoint.origin, origin));
  };
  for (const GivenHead& head : given.checkpoints) {
    LIGGARE_CHECK(check(head));
  }
  if (!given.since) return {};
  return check(*given.since);
}

Result<std::optional<bool>> check_head(const Examination& examination, Part part,
                                       const HeadClaim& claim) {
  const std::uint64_t claimed = claim.head.tree_size;
  if (claimed > examination.size) {
    LIGGARE_TRY(const std::string place, place_of_gone(examination, claim));
    examination.findings.add({part, claimed},
                             {"tail-lost", place, fmt::format("{} events", claimed),
                              fmt::format("{} events", examination.size)});
    return std::optional(false);
  }
  const auto root = merkle::root_at(
      claimed, store::StoredTree(examination.database, examination.layout).reader());
  if (!root && root.error().code != ErrorCode::corrupt) return Unexpected{root.error()};
  if (!root) return std::optional<bool>();
  if (*root == claim.head.root_hash) return std::optional(true);
  LIGGARE_TRY(const std::string place, place_of_gone(examination, claim));
  examination.findings.add({part, claimed}, {claim.code, place, to_hex(claim.head.root_hash.view()),
                                             to_hex(root->view())});
  return std::optional(false);
}

HeadClaim claim_of(const GivenHead& given) {
  const merkle::TreeHead& head = given.checkpoint.head;
  return {"checkpoint-differs", fmt::format("checkpoint at {} events", head.tree_size), head};
}

Result<void> check_signer(const Examination& examination, const SignerState& signer,
                          const std::string& origin, VerifyReport& report) {
  if (signer.missing) {
    report.not_checked.push_back({*signer.missing});
    return {};
  }
  if (!signer.damage.empty()) {
    examination.findings.add({Part::checkpoints}, {"signer-damaged", signer_file,
                                                   "a key and what it signed last", signer.damage});
    return {};
  }
  if (!origin.empty() && signer.key->name != origin) {
    examination.findings.add({Part::checkpoints},
                             {"signer-damaged", signer_file, "the key of " + printable(origin),
                              "the key of " + printable(signer.key->name)});
    return {};
  }
  if (!signer.newest) {
    report.not_checked.push_back({Statement::nothing_signed});
    return {};
  }
  const merkle::TreeHead& head = signer.newest->head;
  LIGGARE_TRY(const auto holds,
              check_head(examination, Part::checkpoints,
                         {"checkpoint-differs",
                          fmt::format("{} at {} events", signer_file, head.tree_size), head}));
  if (holds == true) {
    report.checked.push_back({Statement::newest_checkpoint, {std::to_string(head.tree_size)}});
  }
  return {};
}

}  // namespace liggare::inspect
