#include "domain/judged_stream.h"

#include "base/assertion.h"

namespace liggare::domain {

JudgedStream::JudgedStream(const JudgedStream& other)
    : forgotten_(other.forgotten_),
      events_(other.events_),
      judged_(other.judged_ ? std::make_unique<JudgedTimeline>(*other.judged_) : nullptr) {}

JudgedStream& JudgedStream::operator=(JudgedStream other) {
  std::swap(forgotten_, other.forgotten_);
  std::swap(events_, other.events_);
  std::swap(judged_, other.judged_);
  return *this;
}

const Stream& JudgedStream::events() const {
  LIGGARE_ASSERT(forgotten_ == 0, "a stream's events are there when they are asked for");
  return events_;
}

const ParticipantFacts* JudgedStream::facts_before(const Event& event) const {
  if (amends_timeline(event.type()) || event.type() == introducing_type(StreamKind::participant)) {
    return nullptr;
  }
  // Nobody is registered where all of it was voided.
  const bool is_at_end = judged_ && judged_->facts.registered && judged_->latest <= event.effective;
  return is_at_end ? &judged_->facts : nullptr;
}

void JudgedStream::append(Accepted accepted) {
  if (accepted.timeline) {
    judged_ = std::move(accepted.timeline);
  } else if (judged_) {
    const AmendedEvent event = unamended(accepted.event);
    evolve(judged_->facts, event);
    judged_->latest = event.effective;
  }
  events_.push_back(std::move(accepted.event));
}

void JudgedStream::drop_last() {
  LIGGARE_ASSERT(!events_.empty(), "an event that is taken back is not forgotten");
  events_.pop_back();
  judged_.reset();
}

void JudgedStream::remember_events(Stream oldest) {
  LIGGARE_ASSERT(oldest.size() == forgotten_, "all that was forgotten, and no more");
  oldest.insert(oldest.end(), std::make_move_iterator(events_.begin()),
                std::make_move_iterator(events_.end()));
  events_ = std::move(oldest);
  forgotten_ = 0;
}

}  // namespace liggare::domain
