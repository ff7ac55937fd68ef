#include "tools/print_answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "ledger/ledger.h"
#include "tools/columns.h"
#include "tools/render_answer.h"
#include "tools/render_csv.h"

namespace liggare::tools {
namespace {

const projection::Report& report_of(const projection::Answer& answer) {
  const auto& reports = ledger::Ledger::reports();
  const auto found = std::find_if(reports.begin(), reports.end(),
                                  [&](const auto& report) { return report.name == answer.report; });
  LIGGARE_ASSERT(found != reports.end(), "an answer names its report");
  return *found;
}

// What CSV has no place for is not left out in silence.
void note_what_is_missing(const projection::Answer& answer, Console& console) {
  if (const std::size_t count = answer.findings.as_array()->size(); count > 0) {
    console.note(fmt::format("findings that are not in the CSV: {}; ask for --format json", count));
  }
  for (const JsonMember& extra : *answer.extras.as_object()) {
    console.note(fmt::format("the {} is not in the CSV: ask for --format json", extra.first));
  }
}

}  // namespace

Result<void> print_answer(projection::Answer answer, Console& console) {
  const projection::Report& report = report_of(answer);
  switch (console.format()) {
    case Format::table:
      return console.print(render_answer(answer, report.columns, console.style()));
    case Format::csv:
      note_what_is_missing(answer, console);
      return console.print(render_csv(answer.rows, columns_present(answer.rows, report.columns)));
    default:
      return console.print_line(std::move(answer).json());
  }
}

Result<void> print_forms(const Forms& forms, Console& console) {
  switch (console.format()) {
    case Format::table:
      return console.print(forms.table);
    case Format::csv:
      return console.print(render_csv(forms.csv_rows, columns_of(forms.csv_rows)));
    default:
      return console.print_line(forms.json);
  }
}

}  // namespace liggare::tools
