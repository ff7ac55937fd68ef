// What a check ends with: a verdict, why, and what it does and does not rest on.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/detail.h"
#include "audit/statement.h"
#include "base/json.h"
#include "base/result.h"

namespace liggare::audit {

enum class Verdict { verified, tampered, cannot_tell };

// "verified", "tampered", "cannot-tell"
std::string_view name_of(Verdict verdict);

// Why something is not verified. A reason settles its verdict.
enum class Reason {
  // CANNOT TELL: what was given is no evidence, for or against.
  malformed,        // A file is not in its format.
  missing,          // A file is not there.
  unreadable,       // A file can't be read, or is no plain file.
  unsupported,      // A newer release wrote it.
  unknown_file,     // A file that no bundle has.
  not_signed,       // Not by the key that was given.
  not_cosigned,     // The policy's quorum is not met.
  key_from_inside,  // The key or policy lies in the folder that is to be checked.
  not_comparable,   // Two checkpoints of different logs, or the newer is smaller.
  // TAMPERED: what is well-formed contradicts itself, the key, or what was proven.
  bad_signature,
  file_differs,       // From what SHA256SUMS lists.
  file_unlisted,      // In the folder and not in SHA256SUMS.
  file_gone,          // In SHA256SUMS and not in the folder.
  not_in_tree,        // A proof leads to another root.
  other_checkpoint,   // A proof in a bundle rests on another checkpoint.
  other_position,     // A proof is of another position than its file's name says.
  other_stream,       // An event of another stream.
  incomplete,         // Events are left out: of the middle, or those that the seal counts.
  not_as_sealed,      // Not the last event, or not the number, that the seal's directory proves.
  bad_seal,           // No seal, or one that says something else than the bundle.
  text_differs,       // events.ndjson does not say what the leaves say.
  answer_differs,     // answer.json is not what the edition published.
  disclosed_differs,  // disclosed.ndjson is not what its keys open in the leaves.
  tile_differs,       // A tile does not hold the hashes that follow from the entries.
  root_differs,       // The entries lead to another root than the checkpoint's.
  forked,             // Two signed trees of one size.
  rewritten,          // The newer tree does not begin with the older.
};
inline constexpr std::size_t reason_count = static_cast<std::size_t>(Reason::rewritten) + 1;

// "not-in-tree"
std::string_view name_of(Reason reason);
Verdict verdict_of(Reason reason);

struct Refusal {
  Reason reason = Reason::malformed;
  Place place;
  Detail detail;
  bool operator==(const Refusal&) const = default;
};

template <class T>
using Checked = Result<T, Refusal>;

Unexpected<Refusal> refuse(Reason reason, Place place, Detail detail = {});
// `error` met at `place`: corrupt becomes `when_corrupt`, every other code its own CANNOT TELL.
Unexpected<Refusal> refuse(const Error& error, Reason when_corrupt, Place place);

struct Outcome {
  std::optional<Refusal> refusal;  // None: verified.
  std::vector<Remark> shown;       // What a person wants to know first, where it is verified.
  std::vector<Remark> trust;
  std::vector<Remark> checked;  // Also what held before something was refused.
  std::vector<Remark> not_checked;
  Json facts = Json::object();  // What is now known: "origin", "size", "rootHash" and more.

  Verdict verdict() const { return refusal ? verdict_of(refusal->reason) : Verdict::verified; }

  // Each adds a remark, unless it stands there already.
  void shows(Statement statement, std::vector<std::string> values = {});
  void rests_on(Statement statement, std::vector<std::string> values = {});
  void has_checked(Statement statement, std::vector<std::string> values = {});
  void has_not_checked(Statement statement, std::vector<std::string> values = {});
};

}  // namespace liggare::audit
