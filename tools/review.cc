#include "ledger/review.h"

#include <fmt/format.h>

#include "access/review_share.h"
#include "ledger/review_coverage.h"
#include "tools/actor.h"
#include "tools/care_options.h"
#include "tools/columns.h"
#include "tools/commands.h"
#include "tools/console.h"
#include "tools/event_place.h"
#include "tools/print_answer.h"
#include "tools/tell_refused.h"
#include "tools/words_option.h"

namespace liggare::tools {
namespace {

using ledger::Review;

Result<std::string> review_id(const Arguments& arguments) {
  LIGGARE_TRY(const domain::Subject review,
              subject_of(domain::StreamKind::review, *arguments.text("REVIEW"), "REVIEW"));
  return review.id;
}

Result<ledger::ReviewRequest> request_of(const Arguments& arguments) {
  ledger::ReviewRequest request;
  LIGGARE_TRY(request.review, review_id(arguments));
  LIGGARE_TRY(request.who, staff_of(arguments));
  LIGGARE_TRY(const auto from, arguments.day("--from"));
  LIGGARE_TRY(const auto to, arguments.day("--to"));
  request.from = *from;  // Both are required.
  request.to = *to;
  if (request.to < request.from) {
    return fail(ErrorCode::invalid_argument, "--to lies before --from");
  }
  if (const std::string* unit = arguments.text("--unit")) {
    LIGGARE_TRY(const domain::Subject named, subject_of(domain::StreamKind::unit, *unit, "--unit"));
    request.unit = named.id;
  }
  if (const std::string* given = arguments.text("--share")) {
    const auto share = access::parse_share(*given);
    if (!share) {
      return fail(ErrorCode::invalid_argument,
                  "--share takes a decimal from 0 to 1 such as 0.05, not \"" + *given + "\"");
    }
    request.share = *share;
  }
  if (arguments.has("--seed")) {
    LIGGARE_TRY(request.seed, id_given(arguments, "--seed"));
  }
  return request;
}

Json item_json(const ledger::ReviewItem& item) {
  const access::Record& record = item.entry.record;
  Json grounds = Json::array();
  for (const access::ReviewGround ground : item.grounds) grounds.push(domain::word_of(ground));
  return Json::object()
      .add("item", item.entry.number)
      .add("recorded", record.recorded.text())
      .add("who", record.who)
      .add("subject", record.subject)
      .add("action", domain::word_of(record.action))
      .add("outcome", domain::word_of(record.outcome))
      .add("purpose", record.purpose ? Json(domain::word_of(*record.purpose)) : Json())
      .add("grounds", std::move(grounds))
      .add("verdict", item.verdict ? Json(domain::word_of(*item.verdict)) : Json());
}

Json items_json(const Review& review) {
  Json items = Json::array();
  for (const ledger::ReviewItem& item : review.items) items.push(item_json(item));
  return items;
}

Json json_of(const Review& review) {
  return Json::object()
      .add("review", review.id)
      .add("from", review.started.from)
      .add("to", review.started.to)
      .add("unit", review.started.unit)
      .add("seed", review.started.seed)
      .add("rules", Json::list(review.started.rules))
      .add("closed", review.is_closed)
      .add("looks", review.looks)
      .add("items", items_json(review));
}

Result<void> print(const Review& review, Console& console) {
  const Style& style = console.style();
  const Json items = items_json(review);
  std::string table = fmt::format(fmt::runtime(text_of(style.language, "line.review")), review.id,
                                  review.started.from.text(), review.started.to.text(),
                                  review.looks, review.items.size()) +
                      "\n";
  if (!review.items.empty()) table += "\n" + render_table(items, columns_of(items), style);
  return print_forms({table, items, json_of(review)}, console);
}

Result<Exit> print_receipt(const Result<ledger::Receipt, ledger::Refusal>& verdict,
                           const Arguments& arguments, Console& console) {
  if (!verdict) return tell_refused({verdict.error()}, console);
  const Json json = Json::object()
                        .add("review", *arguments.text("REVIEW"))
                        .add("id", verdict->id)
                        .add("position", verdict->position);
  const std::string line =
      fmt::format(fmt::runtime(text_of(console.style().language, "line.review-recorded")),
                  *arguments.text("REVIEW"), verdict->position) +
      "\n";
  LIGGARE_CHECK(print_forms({line, Json::array().push(json), json}, console));
  return Exit::done;
}

Result<Exit> start(const Arguments& arguments, Console& console) {
  LIGGARE_TRY(const auto request, request_of(arguments));
  LIGGARE_TRY(const auto ledger, console.open(ledger::Mode::write));
  LIGGARE_TRY(const auto review, ledger::start_review(*ledger, request));
  if (!review) return tell_refused({review.error()}, console);
  LIGGARE_CHECK(print(*review, console));
  return Exit::done;
}

Result<Exit> mark(const Arguments& arguments, Console& console) {
  LIGGARE_TRY(const std::string id, review_id(arguments));
  LIGGARE_TRY(const std::string who, staff_of(arguments));
  LIGGARE_TRY(const auto item, arguments.number("ITEM"));
  ledger::Mark mark;
  mark.item = static_cast<std::int64_t>(*item);
  LIGGARE_TRY(mark.verdict, word_given<domain::Verdict>("VERDICT", *arguments.text("VERDICT")));
  if (const std::string* reason = arguments.text("--reason")) mark.reason = *reason;
  LIGGARE_TRY(const auto ledger, console.open(ledger::Mode::write));
  LIGGARE_TRY(const auto verdict, ledger::mark_review(*ledger, id, who, mark));
  return print_receipt(verdict, arguments, console);
}

Result<Exit> close(const Arguments& arguments, Console& console) {
  LIGGARE_TRY(const std::string id, review_id(arguments));
  LIGGARE_TRY(const std::string who, staff_of(arguments));
  LIGGARE_TRY(const auto ledger, console.open(ledger::Mode::write));
  LIGGARE_TRY(const auto verdict, ledger::close_review(*ledger, id, who));
  return print_receipt(verdict, arguments, console);
}

// In per cent with one decimal, cut off: what is not all reviewed is never 100.0.
std::string percentage(const ledger::Coverage& cell) {
  constexpr std::uint64_t per_mille = 1000;
  constexpr std::uint64_t ten = 10;
  const std::uint64_t share = cell.looks == 0 ? 0 : cell.reviewed * per_mille / cell.looks;
  return std::to_string(share / ten) + "." + std::to_string(share % ten);
}

Result<Exit> status(const Arguments& arguments, Console& console) {
  if (arguments.has("REVIEW")) {
    LIGGARE_TRY(const std::string id, review_id(arguments));
    LIGGARE_TRY(const auto ledger, console.open(ledger::Mode::read));
    LIGGARE_TRY(const Review review, ledger::read_review(*ledger, id));
    LIGGARE_CHECK(print(review, console));
    return Exit::done;
  }
  LIGGARE_TRY(const auto ledger, console.open(ledger::Mode::read));
  LIGGARE_TRY(const auto coverage, ledger::review_coverage(*ledger));
  Json rows = Json::array();
  for (const ledger::Coverage& cell : coverage) {
    rows.push(Json::object()
                  .add("unit", cell.unit)
                  .add("month", cell.month)
                  .add("looks", cell.looks)
                  .add("drawn", cell.drawn)
                  .add("reviewed", cell.reviewed)
                  .add("percent", percentage(cell)));
  }
  const Style& style = console.style();
  const std::string table = coverage.empty()
                                ? std::string(text_of(style.language, "line.no-rows")) + "\n"
                                : render_table(rows, columns_of(rows), style);
  const Json json = Json::object().add("coverage", rows);
  LIGGARE_CHECK(print_forms({table, rows, json}, console));
  return Exit::done;
}

using enum Argument::Presence;
const Argument which = {"REVIEW", "", "its id", required};
const Argument reviewer = {
    "--as", "WHO", "who reviews: staff/ID, with role dpo, auditor, or lead of the unit", required};

Command start_command() {
  return {.name = "start",
          .summary = "draws what shall be looked at, and records it",
          .details =
              "A sample by chance, and everything that a rule hits: no relation to the person\n"
              "within 30 days, a protected person, more in a day than the role's p99, off hours\n"
              "(before 06, from 20, weekends; the ledger's day is UTC+2), break-glass. The seed\n"
              "is kept: the same draw can be made again.",
          .arguments = {which,
                        {"--from", "DAY", "first day", required},
                        {"--to", "DAY", "last day", required},
                        reviewer,
                        {"--unit", "UNIT", "only of staff registered at it; a lead names the own"},
                        {"--share", "SHARE", "of the sample; 0.05 otherwise"},
                        {"--seed", "SEED", "made up otherwise"}},
          .formats = {Format::table, Format::json, Format::csv},
          .examples = {{"liggare review start 2026-11 --from 2026-11-01 --to 2026-11-30 --as "
                        "staff/dpo1",
                        "The month's review."}},
          .children = {},
          .run = start};
}

Command mark_command() {
  return {.name = "mark",
          .summary = "judges one item",
          .details = "May be judged again: the last one counts. Nobody judges own reads (exit 5).",
          .arguments = {which,
                        {"ITEM", "", "its number", required},
                        {"VERDICT", "", words_of<domain::Verdict>(), required},
                        reviewer,
                        {"--reason", "CODE", "why"}},
          .formats = {Format::table, Format::json},
          .examples = {{"liggare review mark 2026-11 8701764698112 ok --as staff/dpo1",
                        "It was in order."}},
          .children = {},
          .run = mark};
}

Command close_command() {
  return {.name = "close",
          .summary = "ends a review in which every item is judged",
          .details = "Items that are asked about must be judged ok or incident first.",
          .arguments = {which, reviewer},
          .formats = {Format::table, Format::json},
          .examples = {{"liggare review close 2026-11 --as staff/dpo1", "The month is done."}},
          .children = {},
          .run = close};
}

Command status_command() {
  return {.name = "status",
          .summary = "shows a review, or how much of all reads has been reviewed",
          .details = "Without REVIEW: by the unit of the staff and by month.",
          .arguments = {{"REVIEW", "", "its id"}},
          .formats = {Format::table, Format::json, Format::csv},
          .examples = {{"liggare review status", "Coverage, by unit and month."},
                       {"liggare review status 2026-11", "What is left to judge."}},
          .children = {},
          .run = status};
}

}  // namespace

Command review_command() {
  return {.name = "review",
          .summary = "reviews the access log",
          .details = {},
          .arguments = {},
          .formats = {},
          .examples = {{"liggare review status", "Coverage, by unit and month."}},
          .children = {start_command(), mark_command(), close_command(), status_command()},
          .run = nullptr};
}

}  // namespace liggare::tools
