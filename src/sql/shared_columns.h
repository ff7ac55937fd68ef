// Columns that tables of participants and of the organisation have alike.
#pragma once

#include "sql/table.h"

namespace liggare::sql {

inline constexpr Column of_event{"event", ColumnType::text,
                                 "id of the event that began it (events.id)"};
inline constexpr Column of_ladder{"ladder", ColumnType::text, "the ladder"};

}  // namespace liggare::sql
