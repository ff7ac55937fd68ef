#include "inspect/checkpoint_check.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/bytes.h"
#include "base/file.h"
#include "merkle/signed_note.h"
#include "store/opening.h"

namespace liggare::inspect {
namespace {

using merkle::Checkpoint;

constexpr const char* signer_file = "SIGNED";

// Every failure of a note that was handed in is the same to whoever handed it in.
Result<Checkpoint> open_note(std::string_view text, const merkle::VerifierKey& key) {
  LIGGARE_TRY(const auto note, merkle::SignedNote::parse(text));
  return merkle::open_checkpoint(note, key);
}

Result<GivenHead> open_one(const GivenCheckpoint& given, const merkle::VerifierKey& key) {
  auto checkpoint = open_note(given.note, key);
  if (checkpoint) return GivenHead{given.name, *std::move(checkpoint)};
  return fail(ErrorCode::invalid_argument,
              fmt::format("{}: {}", given.name, checkpoint.error().message));
}

void read_note(std::string_view text, SignerState& state) {
  const std::size_t end = text.find('\n');
  const auto key = merkle::VerifierKey::parse(text.substr(0, end));
  if (!key || end == std::string_view::npos) {
    state.damage = key ? "its first line does not end" : key.error().message;
    return;
  }
  const std::string_view note = text.substr(end + 1);
  if (!note.empty()) {
    auto checkpoint = open_note(note, *key);
    if (!checkpoint) {
      state.damage = checkpoint.error().message;
      return;
    }
    state.newest = *std::move(checkpoint);
  }
  state.key = *key;
}

}  // namespace

SignerState read_signer(const std::filesystem::path& keys) {
  SignerState state;
  std::error_code error;
  if (keys.empty() || !std::filesystem::exists(keys, error)) {
    state.missing = "no key folder";
    return state;
  }
  const auto text = read_file(keys / signer_file);
  if (text) {
    read_note(*text, state);
  } else {
    const bool is_missing = text.error().code == ErrorCode::not_found;
    state.missing = is_missing ? "the key folder holds no SIGNED" : "SIGNED can't be read";
  }
  return state;
}

Result<GivenHeads> open_given(const VerifyOptions& options, const SignerState& signer) {
  GivenHeads given;
  given.key = options.key;
  if (options.checkpoints.empty() && !options.since) return given;
  if (!given.key && signer.key) given.key = TrustedKey{*signer.key, "the ledger's own key"};
  if (!given.key) {
    return fail(ErrorCode::invalid_argument,
                "a checkpoint is checked with the ledger's key, and there is none to be read: give "
                "it with --vkey");
  }
  for (const GivenCheckpoint& one : options.checkpoints) {
    LIGGARE_TRY(auto opened, open_one(one, given.key->key));
    given.checkpoints.push_back(std::move(opened));
  }
  if (options.since) {
    LIGGARE_TRY(given.since, open_one(*options.since, given.key->key));
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
    examination.findings.add({part, claimed},
                             {"tail-lost", claim.place, fmt::format("{} events", claimed),
                              fmt::format("{} events", examination.size)});
    return std::optional(false);
  }
  const auto root = merkle::root_at(claimed, store::node_reader(examination.database));
  if (!root && root.error().code != ErrorCode::corrupt) return Unexpected{root.error()};
  if (!root) return std::optional<bool>();
  if (*root == claim.head.root_hash) return std::optional(true);
  examination.findings.add(
      {part, claimed},
      {claim.code, claim.place, to_hex(claim.head.root_hash.view()), to_hex(root->view())});
  return std::optional(false);
}

HeadClaim claim_of(const GivenHead& given) {
  const merkle::TreeHead& head = given.checkpoint.head;
  return {"checkpoint-differs", fmt::format("checkpoint at {} events", head.tree_size), head};
}

Result<void> check_signer(const Examination& examination, const SignerState& signer,
                          const std::string& origin, VerifyReport& report) {
  if (!signer.missing.empty()) {
    report.not_checked.push_back("checkpoint signatures: " + signer.missing);
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
    report.not_checked.emplace_back("checkpoint signatures: none was made yet");
    return {};
  }
  const merkle::TreeHead& head = signer.newest->head;
  LIGGARE_TRY(const auto holds,
              check_head(examination, Part::checkpoints,
                         {"checkpoint-differs",
                          fmt::format("{} at {} events", signer_file, head.tree_size), head}));
  if (holds == true) {
    report.checked.push_back(
        fmt::format("the newest checkpoint and its signature, at {} events", head.tree_size));
  }
  return {};
}

}  // namespace liggare::inspect
