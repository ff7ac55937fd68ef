// A bundle's completeness.json: how many events the stream had when the books were closed, proven
// from the seal's stream directory (docs/bundles.md).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "base/result.h"
#include "merkle/stream_directory.h"

namespace liggare::audit {

struct Completeness {
  std::uint64_t seal_position = 0;
  std::uint64_t sealed_size = 0;  // The events before this position are covered.
  std::variant<merkle::PresenceProof, merkle::AbsenceProof> directory;

  const std::string& subject() const;
  const merkle::PresenceProof* presence() const;  // Null where the stream is absent.

  // Canonical JSON and a line feed. Requires a proof that the directory gave.
  std::string print() const;
  // invalid_argument for anything that print() would not give.
  //
  // The text says of each hash of a path on which side it stands, so that no number in it is
  // without effect. A presence proof that was read therefore stands for the printed one, with the
  // same path, but in a bucket of a power of two.
  static Result<Completeness> parse(std::string_view text);
};

// invalid_argument and corrupt as verify_presence() and verify_absence().
Result<void> verify(const Completeness& completeness, const Hash& directory_root);

}  // namespace liggare::audit
