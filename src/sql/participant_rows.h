// A participant's rows in the tables of facts.
#pragma once

#include <span>
#include <string>

#include "domain/timeline.h"
#include "sql/table_writer.h"

namespace liggare::sql {

// `timeline` is the participant's, cut at as-of; disclosures are judged elsewhere (loader.h).
void put_participant(const std::string& participant, std::span<const domain::AmendedEvent> timeline,
                     Day as_of, TableWriter& out);

}  // namespace liggare::sql
