// The report `disclosures`: what was told to whom, and whether its basis held on that day
// (contract, section 4, report 10).
#pragma once

#include <map>
#include <string>

#include "domain/disclosure_verdict.h"
#include "projection/report.h"
#include "projections/participants.h"

namespace liggare::projections {

projection::Report disclosures_report();

// What disclosures are judged by: of rows of `consents` and `disclosures`, those of the
// participants who have any; of rows of `definitions`, what holds for everyone.
using GroundsByParticipant = std::map<std::string, domain::PersonGrounds, std::less<>>;
Result<GroundsByParticipant> person_grounds(const projection::RowSource& rows,
                                            const Participants& participants);
Result<domain::CommonGrounds> common_grounds(const projection::RowSource& rows);

}  // namespace liggare::projections
