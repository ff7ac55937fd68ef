// The stream directory in memory, growing with the ledger: its root, and proofs out of it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "merkle/stream_directory.h"

namespace liggare::merkle {

using DirectoryProof = std::variant<PresenceProof, AbsenceProof>;

class Directory {
 public:
  Directory();

  // Takes the place of what the subject's entry was.
  void put(DirectoryEntry entry);

  // Rehashes the buckets that put() has changed since the last call.
  Hash root();
  // That `subject` stands in it as it does, or does not stand in it.
  DirectoryProof prove(std::string_view subject);

 private:
  using Bucket = std::map<std::string, DirectoryEntry, std::less<>>;
  void rehash();

  std::unordered_map<BucketNumber, Bucket> buckets_;
  std::vector<BucketNumber> changed_;
  BucketTree tree_;
};

}  // namespace liggare::merkle
