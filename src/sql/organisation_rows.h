// Rows about units, places, agreements, targets and ladders.
#pragma once

#include <string>

#include "domain/timeline.h"
#include "projections/agreements.h"
#include "sql/table_writer.h"

namespace liggare::sql {

// As known at the size the stream was read at, all days (contract P13); targets and ladders by
// days ≤ as-of. Streams of other kinds leave no rows.
void put_organisation(const domain::Subject& subject, const domain::Timeline& timeline, Day as_of,
                      TableWriter& out);

void put_agreement(const projections::AgreementRow& agreement, TableWriter& out);

}  // namespace liggare::sql
