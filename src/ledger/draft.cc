#include "ledger/draft.h"

#include <algorithm>

#include "ledger/same_content.h"
#include "merkle/tree.h"

namespace liggare::ledger {
namespace {

using domain::RejectionCode;

Verdict refuse(const std::string& id, domain::Rejection rejection) {
  return Unexpected{Refusal{id, std::move(rejection)}};
}

Receipt receipt_of(const domain::RecordedEvent& event, const Hash& leaf_hash) {
  Receipt receipt;
  receipt.id = event.event.id;
  receipt.position = event.position;
  receipt.stream_version = event.version;
  receipt.leaf_hash = leaf_hash;
  receipt.recorded = event.recorded;
  return receipt;
}

}  // namespace

std::vector<store::NewRecord> Draft::records() const {
  std::vector<store::NewRecord> records;
  records.reserve(records_.size());
  for (const Entry& entry : records_) {
    records.push_back({entry.event->event.id, entry.subject, entry.event->version, entry.bytes,
                       &entry.leaf_hash});
  }
  return records;
}

Result<std::vector<Verdict>> Draft::add(std::vector<Candidate> candidates, Atomicity atomicity,
                                        Instant now) {
  const std::size_t size_before = records_.size();
  std::vector<Verdict> verdicts;
  verdicts.reserve(candidates.size());
  VersionsBefore versions_before;
  bool any_refused = false;
  for (Candidate& candidate : candidates) {
    if (atomicity == Atomicity::each_alone) versions_before.clear();
    LIGGARE_TRY(Verdict verdict, judge(candidate, now, versions_before));
    any_refused = any_refused || !verdict;
    verdicts.push_back(std::move(verdict));
  }
  if (any_refused && atomicity == Atomicity::all_or_none) take_back(size_before);
  return verdicts;
}

Result<Verdict> Draft::judge(Candidate& candidate, Instant now, VersionsBefore& versions_before) {
  if (!candidate.submission) return Verdict(Unexpected{candidate.submission.error()});
  codec::Submission& submission = *candidate.submission;
  const std::string id = submission.event.id;
  LIGGARE_TRY(auto known, judge_known_id(submission));
  // Nor may a duplicate tell that it is there.
  if (known && candidate.is_hidden) return refuse(id, {RejectionCode::id_reused, id});
  if (known) return *std::move(known);
  if (candidate.is_hidden) return refuse_hidden(candidate, now);

  LIGGARE_TRY(const domain::JudgedStream* stream, ground_.streams.stream_before(submission.event));
  const std::uint64_t version_before =
      versions_before.try_emplace(submission.event.subject.text(), stream->version()).first->second;
  if (candidate.expected_version && *candidate.expected_version != version_before) {
    return refuse(
        id, {RejectionCode::version_conflict,
             submission.event.subject.text() + " is at version " + std::to_string(version_before)});
  }
  std::optional<Error> failure;
  auto accepted = decide(candidate, *stream, now, failure);
  if (failure) return Unexpected{*std::move(failure)};
  if (!accepted) return refuse(id, std::move(accepted).error());
  return take(*std::move(accepted), candidate);
}

// As the rules refuse it of a stream without events. What they would allow there is a first event.
Result<Verdict> Draft::refuse_hidden(Candidate& candidate, Instant now) {
  const std::string id = candidate.submission->event.id;
  const std::string subject = candidate.submission->event.subject.text();
  if (candidate.expected_version.value_or(0) != 0) {
    return refuse(id, {RejectionCode::version_conflict, subject + " is at version 0"});
  }
  std::optional<Error> failure;
  const auto accepted = decide(candidate, {}, now, failure);
  if (failure) return Unexpected{*std::move(failure)};
  if (!accepted) return refuse(id, accepted.error());
  return refuse(id, {RejectionCode::already_exists, subject});
}

std::optional<Draft::Found> Draft::find_here(const std::string& event_id) const {
  const auto waiting = by_id_.find(event_id);
  if (waiting == by_id_.end()) return std::nullopt;
  const Entry& entry = records_[waiting->second];
  return Found{entry.event->position, entry.bytes};
}

Result<std::optional<Verdict>> Draft::judge_known_id(const codec::Submission& submission) {
  const std::string& id = submission.event.id;
  std::optional<Found> found = find_here(id);
  if (!found && ground_.written_now != nullptr) found = ground_.written_now->find_here(id);
  std::string stored_bytes;
  if (!found) {
    LIGGARE_TRY(const auto position, ground_.log.position_of(id));
    if (!position) return std::optional<Verdict>();
    LIGGARE_TRY(stored_bytes, ground_.log.record(*position));
    found = Found{*position, stored_bytes};
  }
  LIGGARE_TRY(const codec::Record stored, codec::decode_record(found->second, found->first));
  Comparison comparison = compare(submission, stored, ground_.vault);
  if (!comparison.same) {
    return std::optional<Verdict>(refuse(id, {RejectionCode::id_reused, id}));
  }
  Receipt receipt = receipt_of(stored.event, merkle::leaf_hash(found->second));
  receipt.duplicate = true;
  receipt.uncompared = std::move(comparison.uncompared);
  return std::optional<Verdict>(Verdict(std::move(receipt)));
}

// A fence may have come between sealing and judging: then what was sealed is dropped here.
std::optional<PersonalClass> Draft::fenced_class(const Candidate& candidate) const {
  if (candidate.fenced || ground_.vault == nullptr || candidate.sections.empty()) {
    return candidate.fenced;
  }
  const std::string subject = candidate.submission->event.subject.text();
  for (const Section& section : candidate.sections) {
    if (ground_.vault->is_fenced(subject, section.personal_class)) return section.personal_class;
  }
  return std::nullopt;
}

Result<domain::Accepted, domain::Rejection> Draft::decide(Candidate& candidate,
                                                          const domain::JudgedStream& stream,
                                                          Instant now,
                                                          std::optional<Error>& failure) {
  codec::Submission& submission = *candidate.submission;
  domain::World world;
  world.fenced = fenced_class(candidate);
  domain::RecordedEvent draft;
  draft.event = std::move(submission.event);
  draft.position = end_position();
  draft.version = stream.version() + 1;
  draft.recorded = std::max(now, ground_.last_recorded);
  draft.submitted_by = ground_.submitted_by;

  world.others = [&](const domain::Subject& subject, std::uint64_t size) {
    auto timeline = ground_.streams.timeline(subject, size);
    if (timeline) return *std::move(timeline);
    failure = timeline.error();
    return std::make_shared<const domain::Timeline>();
  };
  world.exists = [&](const domain::Subject& subject) {
    const auto exists = ground_.streams.exists(subject);
    if (!exists) failure = exists.error();
    return exists && *exists;
  };
  world.correction_data = [&](domain::EventType type) {
    return codec::parse_correction(submission.correction_data, type);
  };
  return domain::decide(stream, std::move(draft), world);
}

Verdict Draft::take(domain::Accepted accepted, const Candidate& candidate) {
  const domain::RecordedEventPtr event = accepted.event;
  std::string bytes = codec::encode_record(*event, candidate.salt, candidate.sections);
  if (bytes.size() > codec::record_bytes_max) {
    return refuse(event->event.id, {RejectionCode::too_large,
                                    "a record of " + std::to_string(bytes.size()) + " bytes"});
  }
  const Hash leaf_hash = merkle::leaf_hash(bytes);
  Receipt receipt = receipt_of(*event, leaf_hash);
  ground_.streams.append(std::move(accepted));
  ground_.last_recorded = event->recorded;
  size_bytes_ += bytes.size();
  by_id_.emplace(event->event.id, records_.size());
  records_.push_back({event, event->event.subject.text(), std::move(bytes), leaf_hash});
  return receipt;
}

void Draft::take_back(std::size_t size) {
  while (records_.size() > size) {
    const Entry& entry = records_.back();
    ground_.streams.drop_last(entry.event->event.subject);
    by_id_.erase(entry.event->event.id);
    size_bytes_ -= entry.bytes.size();
    records_.pop_back();
  }
}

}  // namespace liggare::ledger
