// The events of a bundle, each proven in the bundle's checkpoint.
#pragma once

#include <map>
#include <string>

#include "audit/bundle_format.h"
#include "audit/completeness.h"
#include "audit/outcome.h"
#include "codec/record.h"
#include "merkle/tree.h"

namespace liggare::audit {

// The checkpoint that every proof of a bundle rests on.
struct ProvenHead {
  std::string checkpoint;  // The file's bytes.
  merkle::TreeHead head;
};

struct ProvenLeaf {
  codec::Record record;
  Hash hash;
};
using ProvenLeaves = std::map<std::uint64_t, ProvenLeaf>;  // By position.

// The bytes of a file that has to be there. Refusal: missing.
Checked<const std::string*> file_named(const BundleFiles& files, std::string_view path);

// A leaf and its proof, by their paths in the bundle. Refusals: missing, malformed, unsupported,
// other_checkpoint, not_in_tree, other_position.
Checked<ProvenLeaf> prove_leaf(const BundleFiles& files, const std::string& leaf,
                               const std::string& proof, std::uint64_t position,
                               const ProvenHead& proven);

// Everything under leaves/ and proofs/: as prove_leaf(), missing where one has not the other.
Checked<ProvenLeaves> prove_leaves(const BundleFiles& files, const ProvenHead& proven);

// That they are the stream's versions 1, 2, 3 … in the order of their positions, and that those
// below the seal's size are all that the directory counts. Refusals: other_stream, incomplete,
// not_as_sealed.
Checked<void> check_stream(const ProvenLeaves& leaves, const Completeness& completeness);

// That `text` is events.ndjson of these leaves: one line each, personal data shown as sealed.
// Refusal: text_differs. Requires check_stream().
Checked<void> check_text(std::string_view text, const ProvenLeaves& leaves);

}  // namespace liggare::audit
