#include "merkle/stream_directory.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/bytes.h"
#include "merkle/tree.h"

namespace liggare::merkle {
namespace {

DirectoryEntry entry(std::string subject, std::uint64_t version = 1) {
  return {std::move(subject), version, 10 + version, leaf_hash("leaf")};
}

// Subjects of one bucket, in byte order.
std::vector<std::string> neighbours(std::size_t count,
                                    BucketNumber bucket = bucket_of("participant/0")) {
  std::vector<std::string> found;
  for (int i = 0; found.size() < count; ++i) {
    std::string subject = "participant/" + std::to_string(i);
    if (bucket_of(subject) == bucket) found.push_back(std::move(subject));
  }
  std::sort(found.begin(), found.end());
  return found;
}

// Six subjects of a bucket: the second and the fourth have streams, the others have not.
class StreamDirectory : public testing::Test {
 protected:
  StreamDirectory() { put({entry(subjects[1]), entry(subjects[3], 2)}); }

  void put(std::vector<DirectoryEntry> entries) {
    bucket = std::move(entries);
    std::vector<Hash> hashes;
    for (const DirectoryEntry& one : bucket) hashes.push_back(one.hash());
    tree.set(bucket_of(subjects[0]), bucket_leaf_hash(bucket_root(hashes)));
  }
  PresenceProof presence(std::size_t subject) {
    return prove_presence(bucket, subjects[subject], tree);
  }
  AbsenceProof absence(std::size_t subject) {
    return prove_absence(bucket, subjects[subject], tree);
  }
  template <class Proof>
  ErrorCode refusal(const Proof& proof) {
    const auto outcome = verify(proof);
    EXPECT_FALSE(outcome);
    return outcome ? ErrorCode::io : outcome.error().code;
  }
  Result<void> verify(const PresenceProof& proof) { return verify_presence(proof, tree.root()); }
  Result<void> verify(const AbsenceProof& proof) { return verify_absence(proof, tree.root()); }

  static inline const std::vector<std::string> subjects = neighbours(6);
  BucketTree tree{bucket_leaf_hash(bucket_root({}))};
  std::vector<DirectoryEntry> bucket;
};

TEST_F(StreamDirectory, WritesAnEntryAsTheFormatHasIt) {
  EXPECT_EQ(to_hex(entry("a/b", 7).bytes()),
            "0003612f6200000000000000070000000000000011" + to_hex(leaf_hash("leaf").view()));
  EXPECT_EQ(entry("a/b").hash(), leaf_hash(entry("a/b").bytes()));
}

TEST_F(StreamDirectory, HashesABucketAsRfc6962Does) {
  const std::vector<Hash> hashes = {leaf_hash("a"), leaf_hash("b"), leaf_hash("c")};
  EXPECT_EQ(bucket_root({}), empty_root());
  EXPECT_EQ(bucket_root(hashes), node_hash(node_hash(hashes[0], hashes[1]), hashes[2]));
  EXPECT_EQ(bucket_leaf_hash(hashes[0]), leaf_hash(hashes[0].view()));
}

TEST_F(StreamDirectory, ShowsStreams) {
  EXPECT_TRUE(verify(presence(1)));
  EXPECT_TRUE(verify(presence(3)));
  EXPECT_EQ(presence(3).entry.version, 2U);
}

TEST_F(StreamDirectory, ShowsThatThereAreNoOthers) {
  for (const std::size_t absent : {0U, 2U, 4U}) EXPECT_TRUE(verify(absence(absent))) << absent;
  EXPECT_EQ(absence(0).before, std::nullopt);
  EXPECT_EQ(absence(2).before, bucket[0]);
  EXPECT_EQ(absence(2).after, bucket[1]);
  EXPECT_EQ(absence(4).after, std::nullopt);
}

TEST_F(StreamDirectory, ShowsThatABucketIsEmpty) {
  put({});
  EXPECT_TRUE(verify(absence(2)));
}

TEST_F(StreamDirectory, ShowsTheOnlyStreamOfABucket) {
  put({entry(subjects[2])});
  EXPECT_TRUE(verify(presence(2)));
  EXPECT_TRUE(verify(absence(1)));
  EXPECT_TRUE(verify(absence(3)));
}

TEST_F(StreamDirectory, ProofsAreOfTheRootThatTheyWereMadeFor) {
  const PresenceProof there = presence(1);
  const AbsenceProof missing = absence(2);
  put({entry(subjects[1]), entry(subjects[3], 3)});
  EXPECT_EQ(refusal(there), ErrorCode::corrupt);
  EXPECT_EQ(refusal(missing), ErrorCode::corrupt);
}

TEST_F(StreamDirectory, PresenceOfAnyOtherEntryIsRefused) {
  for (const auto& change : std::vector<void (*)(DirectoryEntry&)>{
           [](DirectoryEntry& e) { ++e.version; }, [](DirectoryEntry& e) { ++e.last_position; },
           [](DirectoryEntry& e) { e.last_leaf_hash.bytes[0] ^= 1; },
           [](DirectoryEntry& e) { e.subject = subjects[2]; },
           [](DirectoryEntry& e) { e.subject += "x"; }}) {
    PresenceProof proof = presence(1);
    change(proof.entry);
    EXPECT_EQ(refusal(proof), ErrorCode::corrupt);
  }
}

TEST_F(StreamDirectory, PresenceOfTheWrongShapeIsRefused) {
  for (const auto& change : std::vector<void (*)(PresenceProof&)>{
           [](PresenceProof& p) { p.bucket_path.pop_back(); },
           [](PresenceProof& p) { p.bucket_path.push_back(empty_root()); },
           [](PresenceProof& p) { p.in_bucket.path.pop_back(); },
           [](PresenceProof& p) { p.in_bucket.path.push_back(empty_root()); },
           [](PresenceProof& p) { p.in_bucket.leaf_index = p.in_bucket.tree_size; },
           [](PresenceProof& p) { p.in_bucket.tree_size = 0; },
           [](PresenceProof& p) { p.entry.subject.resize(65'536, 'a'); }}) {
    PresenceProof proof = presence(1);
    change(proof);
    EXPECT_EQ(refusal(proof), ErrorCode::invalid_argument);
  }
}

TEST_F(StreamDirectory, EveryHashOfAProofCounts) {
  for (std::size_t i = 0; i < 16; ++i) {
    PresenceProof there = presence(1);
    there.bucket_path[i].bytes[31] ^= 1;
    EXPECT_EQ(refusal(there), ErrorCode::corrupt);
    AbsenceProof missing = absence(2);
    missing.bucket_path[i].bytes[31] ^= 1;
    EXPECT_EQ(refusal(missing), ErrorCode::corrupt);
  }
  PresenceProof there = presence(1);
  there.in_bucket.path[0].bytes[0] ^= 1;
  EXPECT_EQ(refusal(there), ErrorCode::corrupt);
}

TEST_F(StreamDirectory, AbsenceOfAStreamThatIsThereIsRefused) {
  for (const std::size_t present : {1U, 3U}) {
    for (const std::size_t place : {0U, 2U, 4U}) {
      AbsenceProof proof = absence(place);
      proof.subject = subjects[present];
      EXPECT_EQ(refusal(proof), ErrorCode::invalid_argument) << present << place;
    }
  }
}

TEST_F(StreamDirectory, AbsenceBetweenEntriesThatAreNotNeighboursIsRefused) {
  put({entry(subjects[1]), entry(subjects[2]), entry(subjects[3])});
  AbsenceProof proof = absence(0);
  proof.subject = subjects[2];
  proof.before = bucket[0];
  proof.after = bucket[2];
  EXPECT_EQ(refusal(proof), ErrorCode::corrupt);
}

TEST_F(StreamDirectory, AbsenceWithANeighbourLeftOutIsRefused) {
  AbsenceProof proof = absence(2);
  proof.before.reset();
  EXPECT_EQ(refusal(proof), ErrorCode::corrupt);
  proof = absence(2);
  proof.after.reset();
  EXPECT_EQ(refusal(proof), ErrorCode::invalid_argument);
  proof.before.reset();
  EXPECT_EQ(refusal(proof), ErrorCode::invalid_argument);
}

TEST_F(StreamDirectory, AbsenceWithANeighbourThatIsNotInTheBucketIsRefused) {
  AbsenceProof proof = absence(2);
  ++proof.before->version;
  EXPECT_EQ(refusal(proof), ErrorCode::corrupt);
  proof = absence(2);
  ++proof.after->version;
  EXPECT_EQ(refusal(proof), ErrorCode::corrupt);
  proof = absence(4);
  proof.after = entry(subjects[5]);
  EXPECT_EQ(refusal(proof), ErrorCode::invalid_argument);
}

TEST_F(StreamDirectory, AbsenceWithHashesLeftOutOrPutInIsRefused) {
  AbsenceProof proof = absence(4);
  proof.entry_hashes.erase(proof.entry_hashes.begin());
  EXPECT_EQ(refusal(proof), ErrorCode::corrupt);
  proof = absence(0);
  proof.entry_hashes.push_back(leaf_hash("a"));
  EXPECT_EQ(refusal(proof), ErrorCode::corrupt);
  proof = absence(2);
  proof.entry_hashes.clear();
  proof.before.reset();
  proof.after.reset();
  EXPECT_EQ(refusal(proof), ErrorCode::corrupt);
}

TEST_F(StreamDirectory, AbsenceFromAnotherBucketIsRefused) {
  AbsenceProof proof = absence(0);
  proof.subject = "participan";
  ASSERT_LT(proof.subject, subjects[1]);
  EXPECT_EQ(refusal(proof), ErrorCode::invalid_argument);
  put({});
  proof = absence(0);
  proof.subject = "participan";
  proof.bucket_path[0].bytes[0] ^= 1;
  EXPECT_EQ(refusal(proof), ErrorCode::corrupt);
}

TEST_F(StreamDirectory, AbsenceOfTheWrongShapeIsRefused) {
  for (const auto& change : std::vector<void (*)(AbsenceProof&)>{
           [](AbsenceProof& p) { p.bucket_path.pop_back(); },
           [](AbsenceProof& p) { p.bucket_path.push_back(empty_root()); },
           [](AbsenceProof& p) { p.before->subject += "x"; }}) {
    AbsenceProof proof = absence(2);
    change(proof);
    EXPECT_EQ(refusal(proof), ErrorCode::invalid_argument);
  }
}

TEST_F(StreamDirectory, AbsenceBesideASubjectThatIsTooLongIsRefused) {
  AbsenceProof proof;
  proof.before = entry(std::string(65'536, 'a'));
  proof.entry_hashes = {leaf_hash("a")};
  proof.subject = neighbours(1, bucket_of(proof.before->subject)).front();
  EXPECT_EQ(refusal(proof), ErrorCode::invalid_argument);
}

TEST_F(StreamDirectory, OrdersSubjectsByTheirBytes) {
  AbsenceProof proof = absence(2);
  std::swap(proof.before, proof.after);
  EXPECT_EQ(refusal(proof), ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace liggare::merkle
