#include "tests/support/memory_ledger.h"

#include "tests/support/judged_twice.h"

namespace liggare::test {

using domain::EventCorrected;
using domain::EventType;
using domain::Payload;
using domain::RecordedEventPtr;
using domain::Rejection;
using domain::RejectionCode;
using domain::Subject;

Result<RecordedEventPtr, Rejection> MemoryLedger::propose(domain::Event event, Instant recorded) {
  LIGGARE_ASSERT(events_.empty() || events_.back()->recorded <= recorded, "time runs forwards");
  std::shared_ptr<const domain::AnyPayload> correction_data;
  if (auto* correction = std::get_if<EventCorrected>(&event.data)) {
    correction_data = std::move(correction->data.payload);
  }
  const Subject subject = event.subject;
  const domain::JudgedStream& before = judged_[subject];
  domain::World world;
  world.others = [this](const Subject& other, std::uint64_t size) {
    return std::make_shared<const domain::Timeline>(
        domain::timeline_of(domain::known_at(stream(other), size)));
  };
  world.exists = [this](const Subject& other) { return streams_.contains(other); };
  world.correction_data = [&](EventType type) -> Result<Payload, Rejection> {
    if (type_of(correction_data->value) == type) return correction_data->value;
    return Unexpected{Rejection{RejectionCode::invalid_field, "$.data.data"}};
  };
  auto verdict = decide_twice(
      before, {std::move(event), events_.size(), before.version() + 1, recorded, "local/0"},
      world);
  if (!verdict) return Unexpected{std::move(verdict).error()};
  RecordedEventPtr taken = verdict->event;
  events_.push_back(taken);
  streams_[subject].push_back(taken);
  judged_[subject].append(*std::move(verdict));
  return taken;
}

const domain::Stream& MemoryLedger::stream(const Subject& subject) const {
  static const domain::Stream empty;
  const auto found = streams_.find(subject);
  return found == streams_.end() ? empty : found->second;
}

MemoryLedger replayed(const std::vector<RecordedEventPtr>& events) {
  MemoryLedger ledger;
  for (const RecordedEventPtr& event : events) {
    static_cast<void>(ledger.propose(event->event, event->recorded));
  }
  return ledger;
}

}  // namespace liggare::test
