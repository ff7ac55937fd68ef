#include "tools/access_report.h"

#include "ledger/access_report.h"
#include "tools/columns.h"
#include "tools/console.h"
#include "tools/event_place.h"
#include "tools/render_answer.h"
#include "tools/render_csv.h"
#include "tools/report_options.h"

namespace liggare::tools {
namespace {

Result<ledger::AccessQuestion> question_in(const Arguments& arguments) {
  ledger::AccessQuestion question;
  if (const std::string* id = arguments.text("--participant")) {
    LIGGARE_TRY(const auto subject,
                subject_of(domain::StreamKind::participant, *id, "--participant"));
    question.participant = subject.id;
  }
  if (const std::string* id = arguments.text("--staff")) {
    LIGGARE_TRY(const auto subject, subject_of(domain::StreamKind::staff, *id, "--staff"));
    question.staff = subject.id;
  }
  LIGGARE_TRY(question.from, arguments.day("--from"));
  LIGGARE_TRY(question.to, arguments.day("--to"));
  if (question.from && question.to && *question.to < *question.from) {
    return fail(ErrorCode::invalid_argument, "--from lies after --to");
  }
  return question;
}

Result<void> print(const projection::Answer& answer, Console& console) {
  switch (console.format()) {
    case Format::table:
      return console.print(render_answer(answer, ledger::access_columns(), console.style()));
    case Format::csv:
      return console.print(render_csv(answer.rows, ledger::access_columns()));
    default:
      return console.print_line(answer.json());
  }
}

Result<Exit> run_access_report(const Arguments& arguments, Console& console) {
  for (const char* option : {"--as-of", "--at", "--public", "--publish", "--edition", "--diff"}) {
    if (!arguments.has(option)) continue;
    return fail(ErrorCode::invalid_argument,
                std::string(option) + " means nothing to the access log; leave it out");
  }
  LIGGARE_TRY(const ledger::AccessQuestion question, question_in(arguments));
  LIGGARE_TRY(const auto ledger, console.open(ledger::Mode::read));
  LIGGARE_TRY(const projection::Answer answer, ledger::access_report(*ledger, question));
  LIGGARE_CHECK(print(answer, console));
  return Exit::done;
}

}  // namespace

Command access_report_command() {
  return {.name = "access",
          .summary = report_title("access", Language::english),
          .details =
              "Who has read, searched, disclosed or was refused what, and what for. Reads\n"
              "the access log; --as-of and --at mean nothing to it.",
          .arguments = {{"--participant", "ID", "whose data"},
                        {"--staff", "ID", "who it was"},
                        {"--from", "DAY", "recorded on that day or later"},
                        {"--to", "DAY", "recorded on that day or earlier"}},
          .formats = {Format::table, Format::json, Format::csv},
          .examples = {{"liggare report access --participant P1042",
                        "Who has read the record of that person, and why."},
                       {"liggare report access --staff S7 --from 2026-10-01 --format csv",
                        "What one of the staff has done since, for a spreadsheet."}},
          .children = {},
          .run = run_access_report};
}

}  // namespace liggare::tools
