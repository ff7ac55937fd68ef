// The report `history`: everything that was ever recorded about a participant, corrected or not
// (contract, section 4, report 13).
#pragma once

#include "projection/report.h"

namespace liggare::projections {

// The events of a stream as rows: each as it was sent, with its status and what corrected it.
Json history_rows(const domain::Stream& stream,
                  const std::function<Json(const domain::RecordedEvent&)>& event_json);

projection::Report history_report();

}  // namespace liggare::projections
