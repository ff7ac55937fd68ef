#include "witness/witness_client.h"

#include <fmt/format.h>

#include "merkle/checkpoint.h"
#include "merkle/cosignature.h"
#include "merkle/plain_text.h"
#include "witness/submission.h"

namespace liggare::witness {
namespace {

Unexpected<Error> failure(ErrorCode code, const merkle::Witness& witness, std::string_view what) {
  const std::string_view next =
      code == ErrorCode::diverged
          ? "; write nothing to this ledger, and find out which copy is the true one"
          : "";
  return fail(code, fmt::format("witness {}: {}{}", witness.name, what, next));
}

Result<http::Response> submit(const merkle::Witness& witness, const CosignatureRequest& request,
                              std::uint64_t old_size) {
  if (!witness.url) return failure(ErrorCode::invalid_argument, witness, "the policy has no URL");
  std::string url = *witness.url;
  if (url.ends_with('/')) url.pop_back();
  LIGGARE_TRY(const merkle::ConsistencyProof proof, request.prove(old_size));
  http::Request post{"POST", "", {{"Content-Type", "text/plain; charset=utf-8"}}, ""};
  post.body = print_submission(old_size, proof.path, request.checkpoint);
  auto response = http::send(url + "/add-checkpoint", post, request.options);
  if (!response) return failure(response.error().code, witness, response.error().message);
  return response;
}

// The size that it holds, told by an answer 409.
Result<std::uint64_t> held_size(const merkle::Witness& witness, const http::Response& response) {
  const auto size = parse_size(response.body);
  if (http::find_header(response.headers, "Content-Type") != size_content_type || !size) {
    return failure(ErrorCode::io, witness, "it refuses without telling the size that it holds");
  }
  return *size;
}

// Only what this checkpoint's text and the witness's key bear out.
Result<std::vector<merkle::NoteSignature>> read_cosignatures(const merkle::Witness& witness,
                                                             const merkle::SignedNote& checkpoint,
                                                             std::string_view lines) {
  std::vector<merkle::NoteSignature> good;
  while (const auto line = merkle::take_line(lines)) {
    const auto signature = merkle::NoteSignature::parse(std::string(*line) + "\n");
    if (!signature) return failure(ErrorCode::io, witness, "its answer is no signature line");
    if (!signature->is_of(witness.key)) continue;
    if (!merkle::cosigned_at({checkpoint.text, {*signature}}, witness.key)) {
      return failure(ErrorCode::io, witness, "its signature does not fit its key");
    }
    good.push_back(*signature);
  }
  if (!lines.empty()) return failure(ErrorCode::io, witness, "its answer breaks off");
  if (good.empty())
    return failure(ErrorCode::io, witness, "its answer has no signature of its key");
  return good;
}

Result<std::vector<merkle::NoteSignature>> read_answer(const merkle::Witness& witness,
                                                       const merkle::SignedNote& checkpoint,
                                                       const http::Response& response) {
  switch (response.status) {
    case 200:
      return read_cosignatures(witness, checkpoint, response.body);
    case 400:
    case 403:
      return failure(ErrorCode::invalid_argument, witness,
                     fmt::format("it does not accept the checkpoint ({})", response.status));
    case 404:
      return failure(ErrorCode::not_found, witness, "it does not know this log");
    case 409:
      return failure(ErrorCode::io, witness, "the size that it holds changes while it is asked");
    case 422:
      return failure(ErrorCode::diverged, witness,
                     "what it has cosigned before is not the beginning of this checkpoint");
    default:
      return failure(ErrorCode::io, witness, fmt::format("it answers {}", response.status));
  }
}

// Whether asking again with `held` makes sense; diverged where the log is not what it was.
Result<void> check_held(const merkle::Witness& witness, std::uint64_t held, std::uint64_t asked,
                        std::uint64_t tree_size) {
  if (held > tree_size) {
    return failure(
        ErrorCode::diverged, witness,
        fmt::format("it has cosigned {} events, and this checkpoint has only {}", held, tree_size));
  }
  if (held != asked) return {};
  if (held == tree_size) {
    return failure(ErrorCode::diverged, witness,
                   fmt::format("it has cosigned another root at {} events", held));
  }
  return failure(ErrorCode::io, witness, "it refuses the very size that it asks for");
}

}  // namespace

Result<std::vector<merkle::NoteSignature>> request_cosignature(const merkle::Witness& witness,
                                                               const CosignatureRequest& request) {
  LIGGARE_TRY(const auto checkpoint, merkle::Checkpoint::parse(request.checkpoint.text));
  LIGGARE_TRY(http::Response response, submit(witness, request, request.old_size));
  if (response.status == 409) {
    LIGGARE_TRY(const std::uint64_t held, held_size(witness, response));
    LIGGARE_CHECK(check_held(witness, held, request.old_size, checkpoint.head.tree_size));
    LIGGARE_TRY(response, submit(witness, request, held));
    if (response.status == 409) {
      LIGGARE_TRY(const std::uint64_t now, held_size(witness, response));
      LIGGARE_CHECK(check_held(witness, now, held, checkpoint.head.tree_size));
    }
  }
  return read_answer(witness, request.checkpoint, response);
}

}  // namespace liggare::witness
