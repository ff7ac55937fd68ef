#include "domain/timeline.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>

namespace liggare::domain {
namespace {

// The payload inside an event, sharing the event's ownership.
std::shared_ptr<const Payload> data_of(const RecordedEventPtr& event) {
  return {event, &event->event.data};
}

void apply(AmendedEvent& target, const RecordedEventPtr& amendment, const EventCorrected& change) {
  target.data = {change.data.payload, &change.data.payload->value};
  if (change.effective) target.effective = *change.effective;
  target.decided_at = amendment->position;
  target.amendments.push_back(amendment);
}

}  // namespace

AmendedEvent unamended(const RecordedEventPtr& event) {
  return {event, data_of(event), event->event.effective, event->position, {}, false};
}

std::vector<AmendedEvent> amend(std::span<const RecordedEventPtr> stream) {
  std::vector<AmendedEvent> amended;
  amended.reserve(stream.size());
  std::unordered_map<std::string_view, std::size_t> by_id;
  const auto index = [&] {  // Built at the first amendment: most streams have none.
    for (std::size_t i = by_id.size(); i < amended.size(); ++i) {
      by_id.emplace(amended[i].event->event.id, i);
    }
  };
  const auto target_of = [&](std::string_view id) -> AmendedEvent* {
    index();
    const auto found = by_id.find(id);
    if (found == by_id.end() || amended[found->second].voided) return nullptr;
    return &amended[found->second];
  };
  for (const RecordedEventPtr& event : stream) {
    if (const auto* correction = std::get_if<EventCorrected>(&event->event.data)) {
      if (AmendedEvent* target = target_of(correction->target)) apply(*target, event, *correction);
    } else if (const auto* voiding = std::get_if<EventVoided>(&event->event.data)) {
      if (AmendedEvent* target = target_of(voiding->target)) {
        target->voided = true;
        target->amendments.push_back(event);
      }
    } else {
      amended.push_back(unamended(event));
    }
  }
  return amended;
}

Timeline timeline_of(std::span<const RecordedEventPtr> stream) {
  Timeline timeline = amend(stream);
  std::erase_if(timeline, [](const AmendedEvent& event) { return event.voided; });
  std::stable_sort(timeline.begin(), timeline.end(),
                   [](const AmendedEvent& left, const AmendedEvent& right) {
                     return left.effective < right.effective;
                   });
  return timeline;
}

std::span<const AmendedEvent> until(const Timeline& timeline, Day as_of) {
  const auto end =
      std::partition_point(timeline.begin(), timeline.end(),
                           [&](const AmendedEvent& event) { return event.effective <= as_of; });
  return {timeline.begin(), end};
}

std::span<const RecordedEventPtr> known_at(const Stream& stream, std::uint64_t size) {
  const auto end =
      std::partition_point(stream.begin(), stream.end(),
                           [&](const RecordedEventPtr& event) { return event->position < size; });
  return {stream.begin(), end};
}

}  // namespace liggare::domain
