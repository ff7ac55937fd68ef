// A log with its key, and a witness that knows it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "tests/merkle/reference_tree.h"
#include "tests/support/fixed_clock.h"
#include "tests/support/temporary_folder.h"
#include "witness/witness.h"
#include "witness/witness_client.h"

namespace liggare::witness {

inline const std::string town = "ledger.example.org/town";

merkle::SigningKey log_key(const std::string& origin = town, char seed = 'l');
merkle::SigningKey witness_key(char seed = 'w');

// A log of as many events as anybody asks for.
class SampleLog {
 public:
  SampleLog() : SampleLog(log_key(), merkle::ReferenceTree()) {}
  SampleLog(merkle::SigningKey key, merkle::ReferenceTree tree)
      : key_(std::move(key)), tree_(std::move(tree)) {}

  merkle::SignedNote checkpoint(std::uint64_t size) const;
  std::vector<Hash> proof(std::uint64_t old_size, std::uint64_t size) const;
  // What it sends to a witness, truthfully.
  std::string submission(std::uint64_t old_size, std::uint64_t size) const;
  // For request_cosignature.
  CosignatureRequest request(std::uint64_t old_size, std::uint64_t size) const;

  const merkle::SigningKey& key() const { return key_; }

 private:
  merkle::SigningKey key_;
  merkle::ReferenceTree tree_;
};

// given(), when…, then…: a witness over a folder that the test may meddle with.
class WitnessScene {
 public:
  // The log has begun, and the witness runs.
  WitnessScene();

  // Cosigned up to `size`.
  WitnessScene& given(std::uint64_t size);
  WitnessScene& restarted();

  Reply when_sent(std::string_view body) { return witness_->add_checkpoint(body); }
  Reply when_sent(std::uint64_t old_size, std::uint64_t size) {
    return when_sent(log_.submission(old_size, size));
  }
  // What it holds, by its own word.
  std::uint64_t size_held();

  WitnessOptions options() const;
  std::filesystem::path state_file() const;
  const std::filesystem::path& folder() const { return folder_.path(); }
  const SampleLog& log() const { return log_; }
  test::FixedClock& clock() { return clock_; }
  Witness& witness() { return *witness_; }
  void stop() { witness_.reset(); }

 private:
  test::TemporaryFolder folder_;
  test::FixedClock clock_{*Day::parse("2026-11-22")};
  SampleLog log_;
  std::unique_ptr<Witness> witness_;
};

// Whether `reply` is 200 with a good cosignature over the note of the log's `size`.
bool is_cosigned(const Reply& reply, const merkle::SignedNote& note);

}  // namespace liggare::witness
