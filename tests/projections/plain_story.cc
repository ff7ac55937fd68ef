#include "tests/projections/plain_story.h"

namespace liggare::projections {
namespace {

// Before the first event that is about a later day: events come in position order.
void insert_by_day(domain::Timeline& timeline, const domain::RecordedEventPtr& event) {
  auto place = timeline.begin();
  while (place != timeline.end() && place->effective <= event->event.effective) ++place;
  timeline.insert(
      place,
      {event, {event, &event->event.data}, event->event.effective, event->position, {}, false});
}

}  // namespace

PlainStory plain_story(const domain::Stream& stream, Day as_of) {
  PlainStory plain;
  for (const domain::RecordedEventPtr& event : stream) {
    if (domain::amends_timeline(event->event.type())) continue;
    domain::RecordedEvent copy = *event;
    bool is_voided = false;
    for (const domain::RecordedEventPtr& other : stream) {
      if (const auto* correction = std::get_if<domain::EventCorrected>(&other->event.data)) {
        if (correction->target != event->event.id) continue;
        copy.event.data = correction->data.payload->value;
        if (correction->effective) copy.event.effective = *correction->effective;
      } else if (const auto* voiding = std::get_if<domain::EventVoided>(&other->event.data)) {
        if (voiding->target == event->event.id) is_voided = true;
      }
    }
    if (is_voided || copy.event.effective > as_of) continue;
    plain.events.push_back(std::make_shared<const domain::RecordedEvent>(std::move(copy)));
    insert_by_day(plain.timeline, plain.events.back());
  }
  return plain;
}

}  // namespace liggare::projections
