#include "witness/witness.h"

#include <fmt/format.h>

#include <set>
#include <system_error>

#include "base/diagnostics.h"
#include "base/file.h"
#include "merkle/cosignature.h"
#include "merkle/proof.h"

namespace liggare::witness {
namespace {

Reply text_reply(int status, std::string text) {
  return {status, "text/plain; charset=utf-8", std::move(text) + "\n"};
}

Reply conflict(std::uint64_t held_size) { return {409, size_content_type, print_size(held_size)}; }

// The details are the operator's, not the world's.
Reply broken_state(const std::string& origin, const Error& error) {
  diagnostics::error(fmt::format("refused to cosign {}: {}", origin, error.message));
  return text_reply(500, "this witness has no sound state for the log");
}

// 0, or the status for a note that none of the log's keys has signed, or one badly.
int signature_objection(const merkle::SignedNote& note, const std::string& origin,
                        const std::vector<merkle::VerifierKey>& logs) {
  bool is_known = false;
  bool is_signed = false;
  for (const merkle::VerifierKey& log : logs) {
    if (log.name != origin) continue;
    is_known = true;
    const auto by_this_key = merkle::is_signed_by(note, log);
    if (!by_this_key) return 403;
    is_signed = is_signed || *by_this_key;
  }
  if (!is_known) return 404;
  return is_signed ? 0 : 403;
}

Result<void> make_folder(const std::filesystem::path& folder) {
  std::error_code error;
  if (!std::filesystem::create_directory(folder, error)) {
    if (!error) return {};
    return fail(ErrorCode::io, "cannot make " + folder.string() + ": " + error.message());
  }
  return sync_folder(folder.parent_path());
}

Result<void> check_keys(const WitnessOptions& options) {
  if (options.key.verifier().type != merkle::KeyType::cosignature_v1) {
    return fail(ErrorCode::invalid_argument, "the witness's key is not made for cosignatures");
  }
  for (const merkle::VerifierKey& log : options.logs) {
    if (log.type == merkle::KeyType::ed25519) continue;
    return fail(ErrorCode::invalid_argument, "the key of " + log.name + " is no log's");
  }
  return {};
}

}  // namespace

Result<void> Witness::begin(const std::filesystem::path& folder,
                            const std::vector<std::string>& origins) {
  LIGGARE_CHECK(make_folder(folder));
  LIGGARE_TRY(StateFolder state, StateFolder::open(folder));
  for (const std::string& origin : origins) {
    const auto begun = state.begin(origin);
    if (begun) continue;
    if (begun.error().code != ErrorCode::invalid_argument) return begun;
    return fail(ErrorCode::invalid_argument, "the witness knows " + origin + " already");
  }
  return {};
}

Result<std::unique_ptr<Witness>> Witness::open(WitnessOptions options, const Clock& clock) {
  LIGGARE_CHECK(check_keys(options));
  LIGGARE_TRY(StateFolder state, StateFolder::open(options.folder));
  std::unique_ptr<Witness> witness(new Witness(std::move(options), std::move(state), clock));
  for (const std::string& log : witness->logs_without_state()) {
    diagnostics::warn("will not be cosigned: " + log);
  }
  return witness;
}

Witness::Witness(WitnessOptions options, StateFolder state, const Clock& clock)
    : options_(std::move(options)), clock_(clock), state_(std::move(state)) {}

std::vector<std::string> Witness::logs_without_state() {
  const std::lock_guard lock(mutex_);
  std::set<std::string> origins;
  for (const merkle::VerifierKey& log : options_.logs) origins.insert(log.name);
  std::vector<std::string> without;
  for (const std::string& origin : origins) {
    const auto head = state_.read(origin);
    if (!head) without.push_back(origin + ": " + head.error().message);
  }
  return without;
}

Reply Witness::add_checkpoint(std::string_view body) {
  const auto submission = Submission::parse(body);
  if (!submission) return text_reply(400, submission.error().message);
  const std::string& origin = submission->checkpoint.origin;
  switch (signature_objection(submission->note, origin, options_.logs)) {
    case 403:
      return text_reply(403, "not signed by a key that this witness knows for the log");
    case 404:
      return text_reply(404, "a log that this witness does not know");
    default:
      break;
  }
  if (submission->old_size > submission->checkpoint.head.tree_size) {
    return text_reply(400, "the old size is larger than the checkpoint's");
  }
  // Until it is answered: between the comparison and the writing nobody else may write.
  const std::lock_guard lock(mutex_);
  return consider(*submission);
}

Reply Witness::consider(const Submission& submission) {
  const auto& [origin, head] = submission.checkpoint;
  const auto held = state_.read(origin);
  if (!held) return broken_state(origin, held.error());
  if (submission.old_size != held->tree_size) return conflict(held->tree_size);
  if (head.tree_size == held->tree_size && head.root_hash != held->root_hash) {
    return conflict(held->tree_size);
  }
  const merkle::ConsistencyProof proof{submission.old_size, head.tree_size, submission.path};
  if (!merkle::verify_consistency(proof, held->root_hash, head.root_hash)) {
    return text_reply(422, "the proof does not lead from the old size to the checkpoint");
  }
  if (head != *held) {
    const auto written = state_.write(submission.checkpoint);
    if (!written) return broken_state(origin, written.error());
  }
  return cosign(submission);
}

Reply Witness::cosign(const Submission& submission) {
  const auto seconds = static_cast<std::uint64_t>(clock_.now().microseconds / 1'000'000);
  return {200, "text/plain; charset=utf-8",
          merkle::cosign(submission.note.text, options_.key, seconds).line()};
}

}  // namespace liggare::witness
