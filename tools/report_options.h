// The options of a report on the command line, made from the report's own description.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ledger/ledger.h"
#include "projection/report.h"
#include "tools/command.h"
#include "tools/texts.h"

namespace liggare::tools {

std::string report_title(std::string_view report, Language language);

std::vector<Argument> report_arguments(const projection::Report& report);
// A command that would do: "liggare report places --from 2019 --to 2019".
std::string report_example(const projection::Report& report);

// What --as-of and --at say; nothing, or now, where they are not given. invalid_argument where
// --as-of is no day or --at neither a size nor an instant.
Result<std::optional<Day>> as_of_given(const Arguments& arguments);
Result<ledger::At> at_given(const Arguments& arguments);

// invalid_argument as above.
Result<ledger::ReportRequest> report_request(const projection::Report& report,
                                             const Arguments& arguments);

}  // namespace liggare::tools
