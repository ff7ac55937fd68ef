#include "merkle/stream_directory.h"

#include <algorithm>
#include <map>

#include "base/assertion.h"
#include "base/bytes.h"
#include "merkle/tree.h"

namespace liggare::merkle {
namespace {

constexpr std::size_t subject_bytes_max = 65'535;

// Proofs hold what others wrote: their subjects may be of any length.
Result<void> check_subject(std::string_view subject) {
  if (subject.size() <= subject_bytes_max) return {};
  return fail(ErrorCode::invalid_argument, "directory: a subject of more than 65,535 bytes");
}

Result<void> check_bucket(std::string_view subject, const Hash& root,
                          const std::vector<Hash>& bucket_path, const Hash& directory_root) {
  return verify_inclusion({bucket_of(subject), bucket_count, bucket_path}, bucket_leaf_hash(root),
                          directory_root);
}

// The first entry of the bucket that does not stand before `subject`.
std::size_t place_of(std::span<const DirectoryEntry> bucket, std::string_view subject) {
  const auto place = std::lower_bound(
      bucket.begin(), bucket.end(), subject,
      [](const DirectoryEntry& entry, std::string_view name) { return entry.subject < name; });
  return static_cast<std::size_t>(place - bucket.begin());
}

bool holds_at(std::span<const DirectoryEntry> bucket, std::size_t place, std::string_view subject) {
  return place < bucket.size() && bucket[place].subject == subject;
}

InclusionProof prove_in_bucket(std::span<const DirectoryEntry> bucket, std::size_t place) {
  Frontier frontier;
  std::vector<Node> completed;
  for (const DirectoryEntry& entry : bucket) frontier.append(entry.hash(), completed);
  std::map<NodeId, Hash> nodes;
  for (const Node& node : completed) nodes.emplace(node.id, node.hash);
  return prove_inclusion(place, bucket.size(),
                         [&nodes](NodeId id) -> Result<Hash> { return nodes.at(id); })
      .value();
}

// That a neighbour's name is one that could stand there at all.
Result<void> check_neighbour(const DirectoryEntry& entry, std::string_view subject) {
  LIGGARE_CHECK(check_subject(entry.subject));
  if (bucket_of(entry.subject) == bucket_of(subject)) return {};
  return fail(ErrorCode::invalid_argument, "directory: a neighbour of another bucket");
}

Result<void> check_neighbours(const AbsenceProof& proof) {
  if (proof.before) {
    LIGGARE_CHECK(check_neighbour(*proof.before, proof.subject));
  }
  if (proof.after) {
    LIGGARE_CHECK(check_neighbour(*proof.after, proof.subject));
  }
  const bool encloses = (!proof.before || proof.before->subject < proof.subject) &&
                        (!proof.after || proof.subject < proof.after->subject);
  if (encloses) return {};
  return fail(ErrorCode::invalid_argument, "directory: neighbours that enclose another subject");
}

// That nothing stands between the neighbours in their bucket.
Result<void> check_gap(const AbsenceProof& proof) {
  const auto& hashes = proof.entry_hashes;
  auto next = hashes.begin();
  if (proof.before) {
    next = std::find(hashes.begin(), hashes.end(), proof.before->hash());
    if (next == hashes.end()) {
      return fail(ErrorCode::corrupt, "directory: the entry before is not in its bucket");
    }
    ++next;
  }
  if (proof.after.has_value() != (next != hashes.end())) {
    return fail(ErrorCode::invalid_argument, "directory: a neighbour is missing, or one too many");
  }
  if (proof.after && *next != proof.after->hash()) {
    return fail(ErrorCode::corrupt, "directory: the entry after does not stand there");
  }
  return {};
}

}  // namespace

std::string DirectoryEntry::bytes() const {
  LIGGARE_ASSERT(subject.size() <= subject_bytes_max, "a subject too long for the directory");
  std::string out;
  put_u16(out, static_cast<std::uint16_t>(subject.size()));
  out.append(subject);
  put_u64(out, version);
  put_u64(out, last_position);
  out.append(last_leaf_hash.view());
  return out;
}

Hash DirectoryEntry::hash() const { return leaf_hash(bytes()); }

Hash bucket_root(std::span<const Hash> entry_hashes) {
  Frontier frontier;
  std::vector<Node> completed;
  for (const Hash& hash : entry_hashes) frontier.append(hash, completed);
  return frontier.root();
}

Hash bucket_leaf_hash(const Hash& bucket_root) { return leaf_hash(bucket_root.view()); }

PresenceProof prove_presence(std::span<const DirectoryEntry> bucket, std::string_view subject,
                             BucketTree& directory) {
  const std::size_t place = place_of(bucket, subject);
  LIGGARE_ASSERT(holds_at(bucket, place, subject), "presence of a stream that is not there");
  return {bucket[place], prove_in_bucket(bucket, place), directory.path(bucket_of(subject))};
}

AbsenceProof prove_absence(std::span<const DirectoryEntry> bucket, std::string_view subject,
                           BucketTree& directory) {
  const std::size_t place = place_of(bucket, subject);
  LIGGARE_ASSERT(!holds_at(bucket, place, subject), "absence of a stream that is there");
  AbsenceProof proof;
  proof.subject = subject;
  for (const DirectoryEntry& entry : bucket) proof.entry_hashes.push_back(entry.hash());
  if (place > 0) proof.before = bucket[place - 1];
  if (place < bucket.size()) proof.after = bucket[place];
  proof.bucket_path = directory.path(bucket_of(subject));
  return proof;
}

Result<void> verify_presence(const PresenceProof& proof, const Hash& directory_root) {
  LIGGARE_CHECK(check_subject(proof.entry.subject));
  LIGGARE_TRY(const Hash root, root_from(proof.in_bucket, proof.entry.hash()));
  return check_bucket(proof.entry.subject, root, proof.bucket_path, directory_root);
}

Result<void> verify_absence(const AbsenceProof& proof, const Hash& directory_root) {
  LIGGARE_CHECK(check_neighbours(proof));
  LIGGARE_CHECK(check_gap(proof));
  return check_bucket(proof.subject, bucket_root(proof.entry_hashes), proof.bucket_path,
                      directory_root);
}

}  // namespace liggare::merkle
