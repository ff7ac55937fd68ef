// An inclusion proof as a file to take home (C2SP tlog-proof).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/sha256.h"
#include "merkle/signed_note.h"

namespace liggare::merkle {

// "c2sp.org/tlog-proof@v1 LF [extra <base64> LF] index <decimal> LF {base64(hash) LF} LF
// checkpoint".
struct ProofFile {
  std::optional<std::string> extra;  // Not authenticated by anything: told, never used.
  std::uint64_t index = 0;
  std::vector<Hash> path;  // From the leaf's sibling up; at most 64.
  SignedNote checkpoint;

  std::string print() const;
  // invalid_argument for anything that print() would not give.
  static Result<ProofFile> parse(std::string_view text);
  bool operator==(const ProofFile&) const = default;
};

// Hashes one a line in base64, as `prove --consistency` prints them and a witness reads them.
std::string print_hashes(const std::vector<Hash>& hashes);
// invalid_argument unless every line, each ended by LF, is the base64 of 32 bytes.
Result<std::vector<Hash>> parse_hashes(std::string_view lines);

}  // namespace liggare::merkle
