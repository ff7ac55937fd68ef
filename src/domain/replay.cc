#include "domain/replay.h"

#include "domain/decide.h"

namespace liggare::domain {
namespace {

// What a correction replaces its target's data with; it was read when it was recorded.
Result<Payload, Rejection> data_of(const EventCorrected& correction, EventType type) {
  const Payload& data = correction.data.payload->value;
  if (type_of(data) != type)
    return Unexpected{Rejection{RejectionCode::invalid_field, "$.data.data"}};
  return data;
}

}  // namespace

std::optional<Rejection> replay(const Stream& stream, const Elsewhere& elsewhere) {
  JudgedStream taken;
  for (const RecordedEventPtr& event : stream) {
    RecordedEvent draft = *event;
    draft.version = taken.version() + 1;
    const auto* correction = std::get_if<EventCorrected>(&event->event.data);
    const World world{elsewhere.others, elsewhere.exists,
                      [&](EventType type) { return data_of(*correction, type); }};
    auto decided = decide(taken, std::move(draft), world);
    if (!decided) return decided.error();
    taken.append(*std::move(decided));
  }
  return std::nullopt;
}

}  // namespace liggare::domain
