// A made-up ledger in memory, and everything that an auditor takes home from it.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "audit/bundle_format.h"
#include "audit/completeness.h"
#include "audit/disclosed.h"
#include "audit/trust.h"
#include "codec/record.h"
#include "merkle/bucket_tree.h"
#include "merkle/checkpoint.h"
#include "merkle/proof.h"
#include "merkle/stream_directory.h"

namespace liggare::audit {

inline const std::string sample_origin = "example.org/town";

// By what seal() counts; a dishonest one changes it.
using DirectoryEntries = std::vector<merkle::DirectoryEntry>;

class SampleEvidence {
 public:
  // Other seeds give other salts, and so other hashes throughout.
  explicit SampleEvidence(unsigned seed = 1);

  // Each appends one event and gives its position.
  std::uint64_t add(const std::string& subject);
  std::uint64_t publish(const std::string& edition, const std::string& answer);
  std::uint64_t append(const std::string& subject, domain::Payload data);
  std::uint64_t append_bytes(std::string leaf);
  // As append() does, as if the stream had `version` − 1 events.
  std::uint64_t append_as(const std::string& subject, std::uint64_t version);
  // A seal over all events so far, or over what `entries` says.
  std::uint64_t seal();
  std::uint64_t seal_over(DirectoryEntries entries, std::uint64_t size);
  DirectoryEntries entries() const;

  std::uint64_t size() const { return leaves_.size(); }
  const std::string& leaf(std::uint64_t position) const { return leaves_.at(position); }
  Result<Hash> node(merkle::NodeId id) const;
  merkle::TreeHead head(std::uint64_t size) const;
  std::string checkpoint(std::uint64_t size) const;
  std::string checkpoint() const { return checkpoint(size()); }
  // Cosigned by the witness.
  std::string cosigned_checkpoint() const;
  std::string proof(std::uint64_t position) const;
  std::string consistency(std::uint64_t old_size) const;  // As it is printed.

  // Of the newest seal.
  Completeness completeness(const std::string& subject) const;
  BundleFiles bundle(const std::string& subject) const;
  // Every section of a participant's stream, its key and what it holds: the second event of each
  // has one of ordinary and one of health data.
  std::vector<DisclosedSection> sections(const std::string& subject) const;

  merkle::SigningKey log_key() const;
  merkle::SigningKey witness_key() const;
  Trust trust() const;
  std::string policy_text(const std::string& quorum) const;
  Trust trust_with_policy(const std::string& quorum) const;

 private:
  std::string bytes(std::string_view what, std::size_t size) const;
  codec::Record record_of(const std::string& subject, domain::Payload data);
  void seal_sections(codec::Record& record);
  void add_leaf(BundleFiles& files, const std::string& leaf_name, const std::string& proof_name,
                std::uint64_t position) const;

  unsigned seed_;
  std::vector<std::string> leaves_;
  std::map<std::string, merkle::DirectoryEntry> streams_;
  std::map<std::string, std::vector<DisclosedSection>> sections_;
  std::map<merkle::NodeId, Hash> nodes_;
  merkle::Frontier frontier_;
  DirectoryEntries sealed_entries_;
  std::uint64_t seal_position_ = 0;
  std::uint64_t sealed_size_ = 0;
};

// As a signature names its key: "name+id".
std::string name_and_id(const merkle::VerifierKey& key);

// Adds disclosed.ndjson, and SHA256SUMS anew.
void disclose(BundleFiles& files, std::span<const DisclosedSection> sections);

// Writes SHA256SUMS anew: what the harder attacker does.
void write_sums(BundleFiles& files);

// Names of participants that share a bucket of the directory.
std::vector<std::string> subjects_of_one_bucket(std::size_t count);

}  // namespace liggare::audit
