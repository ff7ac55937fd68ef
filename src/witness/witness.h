// A witness: cosigns a log's checkpoint once it has seen that the log has only grown since the
// last one (C2SP tlog-witness).
//
// Its promise is that it never cosigns two checkpoints of a log without a proof between them. So
// what it can't read or write down it doesn't cosign: a lost state looks like a new log, and only
// a person may say which of the two it is.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "merkle/checkpoint.h"
#include "witness/state_folder.h"
#include "witness/submission.h"

namespace liggare::witness {

// An answer in HTTP's terms.
struct Reply {
  int status;
  std::string content_type;
  std::string body;
  bool operator==(const Reply&) const = default;
};

struct WitnessOptions {
  std::filesystem::path folder;  // Its memory, for this witness alone.
  merkle::SigningKey key;        // Of type cosignature_v1.
  // The keys of the logs it cosigns, each named after its log's origin. A log that is changing
  // its key has two.
  std::vector<merkle::VerifierKey> logs;
};

class Witness {
 public:
  // Makes the folder where it is missing, and a state of no events for each of `origins`: what a
  // person says are new logs. Durable once it returns. invalid_argument where one has a state,
  // busy where a witness runs in the folder.
  static Result<void> begin(const std::filesystem::path& folder,
                            const std::vector<std::string>& origins);

  // Holds the folder until it goes. `clock` has to outlive it. invalid_argument for keys of
  // another type, not_found where the folder is missing, busy where another witness has it. Logs
  // whose state is lost or damaged are told to the diagnostics, and refused; the others work.
  static Result<std::unique_ptr<Witness>> open(WitnessOptions options, const Clock& clock);

  // Answers add-checkpoint: 200 with the cosignature's line, and what it has cosigned is durable
  // then; 400 malformed, or older than its own old size; 403 not signed by a known key, or with a
  // bad signature of one; 404 unknown log; 409 with the size that is held, where that is not the
  // old size, or has another root; 422 the proof is wrong; 500 its state can't be read or written.
  // Thread-safe: one request at a time.
  Reply add_checkpoint(std::string_view body);

  // The logs that are refused for want of a sound state, each with the reason.
  std::vector<std::string> logs_without_state();

  const merkle::VerifierKey& key() const { return options_.key.verifier(); }

 private:
  Witness(WitnessOptions options, StateFolder state, const Clock& clock);
  Reply consider(const Submission& submission);
  Reply cosign(const Submission& submission);

  const WitnessOptions options_;
  const Clock& clock_;
  std::mutex mutex_;
  StateFolder state_;  // Under mutex_.
};

}  // namespace liggare::witness
