// The stream directory: how many events each stream had when the books were closed
// (evidence, section 5).
//
// RFC 6962 over 65,536 bucket roots; a bucket is RFC 6962 over its entries in byte order of the
// subject. So a stream's length can be shown, and that there is no such stream.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "merkle/bucket_tree.h"

namespace liggare::merkle {

struct DirectoryEntry {
  std::string subject;              // "participant/P7"
  std::uint64_t version = 0;        // How many events the stream has.
  std::uint64_t last_position = 0;  // Where the last of them stands.
  Hash last_leaf_hash;              // Salted, so that nobody can guess it.

  // u16 length ‖ subject ‖ u64 version ‖ u64 last position ‖ leaf hash: a leaf of its bucket.
  std::string bytes() const;
  Hash hash() const;  // The leaf hash of bytes().
  bool operator==(const DirectoryEntry&) const = default;
};

// A bucket's root, and its leaf hash in the tree over all buckets. `entry_hashes` in byte order of
// their subjects.
Hash bucket_root(std::span<const Hash> entry_hashes);
Hash bucket_leaf_hash(const Hash& bucket_root);

// That a stream stood in the directory as `entry` says.
struct PresenceProof {
  DirectoryEntry entry;
  InclusionProof in_bucket;       // Of the entry's hash.
  std::vector<Hash> bucket_path;  // Of its bucket in the directory: 16.
  bool operator==(const PresenceProof&) const = default;
};

// That no stream was named `subject`: its bucket whole, as hashes, and the entries between which
// it would stand.
struct AbsenceProof {
  std::string subject;
  std::vector<Hash> entry_hashes;
  std::optional<DirectoryEntry>
      before;  // The last before it in byte order; none where it is first.
  std::optional<DirectoryEntry> after;
  std::vector<Hash> bucket_path;
  bool operator==(const AbsenceProof&) const = default;
};

using DirectoryProof = std::variant<PresenceProof, AbsenceProof>;

// `bucket` holds all entries of the subject's bucket in byte order; `directory` knows their root.
// Require that the bucket holds the subject, or does not.
PresenceProof prove_presence(std::span<const DirectoryEntry> bucket, std::string_view subject,
                             BucketTree& directory);
AbsenceProof prove_absence(std::span<const DirectoryEntry> bucket, std::string_view subject,
                           BucketTree& directory);

// invalid_argument where a proof has not the shape that its numbers demand, corrupt where it leads
// to another root.
Result<void> verify_presence(const PresenceProof& proof, const Hash& directory_root);
Result<void> verify_absence(const AbsenceProof& proof, const Hash& directory_root);

}  // namespace liggare::merkle
