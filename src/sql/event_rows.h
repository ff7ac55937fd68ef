// Rows of the table `events`: every event of a stream as it was recorded.
#pragma once

#include <functional>

#include "base/json.h"
#include "domain/timeline.h"
#include "sql/table_writer.h"

namespace liggare::sql {

// An event as everyone may see it, personal data sealed.
using EventJson = std::function<Json(const domain::RecordedEvent&)>;

void put_events(const domain::Stream& stream, const EventJson& event_json, TableWriter& out);

}  // namespace liggare::sql
