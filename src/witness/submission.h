// What a log hands to a witness (C2SP tlog-witness, add-checkpoint).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/sha256.h"
#include "merkle/checkpoint.h"

namespace liggare::witness {

inline constexpr std::size_t proof_hashes_max = 63;

// "old <size> LF {base64(hash) LF} LF checkpoint"
struct Submission {
  std::uint64_t old_size = 0;
  std::vector<Hash> path;  // That the tree of old_size is the checkpoint's beginning.
  merkle::SignedNote note;
  merkle::Checkpoint checkpoint;  // What the note says. Nobody has checked its signatures.

  // invalid_argument for anything that is not of this form.
  static Result<Submission> parse(std::string_view body);
};

std::string print_submission(std::uint64_t old_size, const std::vector<Hash>& path,
                             const merkle::SignedNote& note);

// The size that a witness holds, as its answer 409 tells it: "<decimal> LF".
inline constexpr const char* size_content_type = "text/x.tlog.size";
std::string print_size(std::uint64_t tree_size);
Result<std::uint64_t> parse_size(std::string_view body);

}  // namespace liggare::witness
