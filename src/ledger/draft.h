// A batch in the making: requests are judged one after the other on the newest timelines, those
// waiting in the same batch included.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "codec/event_line.h"
#include "codec/record.h"
#include "domain/decide.h"
#include "ledger/ledger.h"
#include "ledger/stream_cache.h"
#include "store/event_log.h"
#include "vault/vault.h"

namespace liggare::ledger {

// A submission on its way to the sequencer: read and sealed, or refused while being read.
struct Candidate {
  Result<codec::Submission, Refusal> submission;
  std::vector<Section> sections;
  std::string salt;  // Of the record.
  std::optional<std::uint64_t> expected_version;
  // Personal data that were not sealed, since an erasure has fenced this class of them.
  std::optional<PersonalClass> fenced = std::nullopt;
  // Refused in the words for a stream that is not there; a first event as already-exists.
  bool is_hidden = false;
};

// All the events of an append, or a run of lines of an import.
enum class Atomicity { each_alone, all_or_none };

class Draft {
 public:
  struct Ground {
    const store::EventLog& log;
    StreamCache& streams;
    vault::Vault* vault;  // May be null: then sections are never compared.
    std::string submitted_by;
    Instant last_recorded;
    std::uint64_t first_position = 0;
    // A draft that is being written while this one is made; null where the log has everything.
    const Draft* written_now = nullptr;
  };
  explicit Draft(Ground ground) : ground_(std::move(ground)) {}

  // Judges the candidates in order and takes in those that the rules allow; under all_or_none,
  // none of them if one is refused. One verdict each. An error leaves the draft unusable.
  Result<std::vector<Verdict>> add(std::vector<Candidate> candidates, Atomicity atomicity,
                                   Instant now);

  std::size_t size() const { return records_.size(); }
  std::size_t size_bytes() const { return size_bytes_; }
  Instant last_recorded() const { return ground_.last_recorded; }
  std::uint64_t end_position() const { return ground_.first_position + records_.size(); }
  // Once what was being written is in the log.
  void forget_written() { ground_.written_now = nullptr; }
  // What to write, borrowed from this draft.
  std::vector<store::NewRecord> records() const;

 private:
  struct Entry {
    domain::RecordedEventPtr event;
    std::string subject;
    std::string bytes;
    Hash leaf_hash;
  };
  using Rejection = domain::Rejection;
  using VersionsBefore = std::unordered_map<std::string, std::uint64_t>;

  Result<Verdict> judge(Candidate& candidate, Instant now, VersionsBefore& versions_before);
  Result<Verdict> refuse_hidden(Candidate& candidate, Instant now);
  Result<std::optional<Verdict>> judge_known_id(const codec::Submission& submission);
  using Found = std::pair<std::uint64_t, std::string_view>;
  std::optional<Found> find_here(const std::string& event_id) const;
  // Moves the event out of the submission.
  Result<domain::Accepted, Rejection> decide(Candidate& candidate,
                                             const domain::JudgedStream& stream, Instant now,
                                             std::optional<Error>& failure);
  std::optional<PersonalClass> fenced_class(const Candidate& candidate) const;
  Verdict take(domain::Accepted accepted, const Candidate& candidate);
  void take_back(std::size_t size);

  Ground ground_;
  std::vector<Entry> records_;
  std::size_t size_bytes_ = 0;
  std::unordered_map<std::string, std::size_t> by_id_;  // Into records_.
};

}  // namespace liggare::ledger
