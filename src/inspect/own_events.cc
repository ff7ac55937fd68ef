#include "inspect/own_events.h"

#include "inspect/event_place.h"
#include "store/keys.h"
#include "store/rocks/database.h"

namespace liggare::inspect {
namespace {

store::KeyRange own_versions() {
  const std::string subject = domain::ledger_stream.text();
  return {store::Family::streams, store::stream_key(subject, 0), subject + '\x01'};
}

}  // namespace

Result<void> for_each_own_event(const store::Database& database,
                                const std::function<void(const codec::Record& record)>& use) {
  const auto take = [&](std::string_view, std::string_view value) -> Result<void> {
    const auto position = store::read_position(value);
    const auto record = position ? record_at(database, *position) : std::nullopt;
    if (record && record->event.event.subject == domain::ledger_stream) use(*record);
    return {};
  };
  auto read = database.for_each(own_versions(), take);
  if (!read && read.error().code == ErrorCode::corrupt) return {};
  return read;
}

}  // namespace liggare::inspect
