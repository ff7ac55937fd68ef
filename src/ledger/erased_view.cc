#include "ledger/erased_view.h"

#include <memory>

#include "projection/projector.h"
#include "store/event_log.h"

namespace liggare::ledger {

Erasures::Erasures(std::span<const domain::RecordedEventPtr> stream) {
  for (const domain::RecordedEventPtr& event : stream) {
    const auto* data = std::get_if<domain::ErasureExecuted>(&event->event.data);
    if (data == nullptr) continue;
    Executed executed{event->position, event->event.effective, {}, {}};
    if (data->classes) executed.classes.insert(data->classes->begin(), data->classes->end());
    if (data->targets) executed.targets.insert(data->targets->begin(), data->targets->end());
    executed_.push_back(std::move(executed));
  }
}

std::optional<Day> Erasures::erased_on(const domain::RecordedEvent& event,
                                       PersonalClass personal_class) const {
  for (const Executed& erasure : executed_) {
    if (event.position >= erasure.position) continue;
    if (erasure.classes.contains(personal_class) || erasure.targets.contains(event.event.id)) {
      return erasure.day;
    }
  }
  return std::nullopt;
}

ErasedView::ErasedView(const store::EventLog& log) : log_(log), size_(log.head().tree_size) {}

const Erasures& ErasedView::erasures_of(const domain::Subject& subject) {
  const auto [known, is_new] = known_.try_emplace(subject.text());
  if (is_new) {
    const auto stream = projection::read_stream(log_, known->first, size_);
    if (stream) known->second = Erasures(*stream);
  }
  return known->second;
}

codec::PersonalView ErasedView::operator()(const domain::RecordedEvent& event) {
  if (!event.event.personal || event.event.personal->empty()) return codec::sealed_view;
  const Erasures& erasures = erasures_of(event.event.subject);
  return [&erasures, &event](PersonalClass personal_class) {
    const auto day = erasures.erased_on(event, personal_class);
    return day ? Json::object().add("erased", *day) : codec::sealed_view(personal_class);
  };
}

Json ErasedView::event_json(const domain::RecordedEvent& event) {
  return codec::event_json(event, (*this)(event));
}

std::function<Json(const domain::RecordedEvent&)> erased_event_json(const store::EventLog& log) {
  return [view = std::make_shared<ErasedView>(log)](const domain::RecordedEvent& event) {
    return view->event_json(event);
  };
}

std::function<codec::PersonalView(const domain::RecordedEvent&)> closed_view(
    const store::EventLog& log) {
  return [view = std::make_shared<ErasedView>(log)](const domain::RecordedEvent& event) {
    return (*view)(event);
  };
}

}  // namespace liggare::ledger
