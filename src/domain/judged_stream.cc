#include "domain/judged_stream.h"

namespace liggare::domain {

const ParticipantFacts* JudgedStream::facts_until(Day day) const {
  // Nobody is registered where all of it was voided.
  const bool is_known = judged_ && judged_->facts.registered && judged_->latest <= day;
  return is_known ? &judged_->facts : nullptr;
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
  events_.pop_back();
  judged_.reset();
}

}  // namespace liggare::domain
