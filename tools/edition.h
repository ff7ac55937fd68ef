// What `report` does with editions: publishes them, reproduces them, tells what has changed since.
#pragma once

#include "ledger/ledger.h"
#include "tools/console.h"

namespace liggare::tools {

// --publish: answers the report and appends report.published; prints the publication.
Result<Exit> publish_edition(const ledger::ReportRequest& request, const Arguments& arguments,
                             Console& console);

// --edition, with --public or --diff: prints the published answer, byte for byte in the JSON
// format; its public form; or the rows that differ today and the events that caused it.
Result<Exit> show_edition(const Arguments& arguments, Console& console);

}  // namespace liggare::tools
