#include "tools/edition.h"

#include <fmt/format.h>

#include "domain/formats.h"
#include "ledger/ledger.h"
#include "tools/actor.h"
#include "tools/columns.h"
#include "tools/print_answer.h"
#include "tools/progress_bar.h"
#include "tools/tell_refused.h"

namespace liggare::tools {
namespace {

Json json_of(const ledger::Edition& edition) {
  const domain::ReportPublished& published = edition.published;
  return Json::object()
      .add("edition", edition.id)
      .add("report", published.report)
      .add("definitionVersion", published.definition_version)
      .add("asOf", published.as_of)
      .add("at", published.at)
      .add("digest", published.digest)
      .add("document", published.document)
      .add("id", edition.event_id)
      .add("position", edition.position)
      .add("duplicate", edition.is_duplicate);
}

Json json_of(const ledger::EditionDifference& difference, const Json& events) {
  Json rows = Json::array();
  for (const ledger::RowChange& change : difference.rows) {
    rows.push(Json::object()
                  .add("key", change.key)
                  .add("before", change.before)
                  .add("after", change.after));
  }
  return Json::object()
      .add("edition", difference.edition.id)
      .add("report", difference.edition.published.report)
      .add("asOf", difference.edition.published.as_of)
      .add("at", difference.edition.published.at)
      .add("now", difference.now)
      .add("rows", std::move(rows))
      .add("findingsBefore", difference.findings_before)
      .add("findingsAfter", difference.findings_after)
      .add("events", events);
}

// One line for each value that has changed.
Json changed_values(const ledger::EditionDifference& difference) {
  Json lines = Json::array();
  for (const ledger::RowChange& change : difference.rows) {
    const Json& either = change.before.is_null() ? change.after : change.before;
    for (const auto& [name, value] : *either.as_object()) {
      if (change.key.find(name) != nullptr) continue;
      const Json* before = change.before.is_null() ? nullptr : change.before.find(name);
      const Json* after = change.after.is_null() ? nullptr : change.after.find(name);
      if (before != nullptr && after != nullptr && *before == *after) continue;
      Json line = change.key;
      line.add("figure", name)
          .add("before", before == nullptr ? Json() : *before)
          .add("after", after == nullptr ? Json() : *after);
      lines.push(std::move(line));
    }
  }
  return lines;
}

std::string titled(std::string_view key, const Json& rows, const Style& style) {
  return "\n" + emphasised(std::string(text_of(style.language, key)), style) + "\n" +
         render_table(rows, columns_of(rows), style);
}

std::string table_of(const ledger::EditionDifference& difference, const Json& events,
                     const Style& style) {
  const std::string heading =
      fmt::format(fmt::runtime(text_of(style.language, "line.edition-difference")),
                  difference.edition.id, difference.edition.published.at, difference.now);
  std::string out = emphasised(heading, style) + "\n";
  const Json values = changed_values(difference);
  const bool any_finding = !difference.findings_before.as_array()->empty() ||
                           !difference.findings_after.as_array()->empty();
  if (values.as_array()->empty() && !any_finding) {
    return out + "\n" + std::string(text_of(style.language, "line.no-change")) + "\n";
  }
  if (!values.as_array()->empty()) {
    out += "\n" + render_table(values, columns_of(values), style);
  }
  if (!difference.findings_before.as_array()->empty()) {
    out += titled("line.findings-before", difference.findings_before, style);
  }
  if (!difference.findings_after.as_array()->empty()) {
    out += titled("line.findings-after", difference.findings_after, style);
  }
  return out + titled("line.caused-by", events, style);
}

Result<Exit> show_difference(const ledger::Ledger& ledger, const std::string& id,
                             Console& console) {
  ledger::EditionDifference difference;
  {
    ProgressBar bar("diff");
    LIGGARE_TRY(difference, ledger.edition_difference(id, [&](std::uint64_t asked) {
      bar.show(asked, std::nullopt, std::to_string(asked) + " questions");
    }));
  }
  LIGGARE_TRY(const Json events, ledger.events_named(difference.events));
  LIGGARE_CHECK(print_forms({table_of(difference, events, console.style()),
                             changed_values(difference), json_of(difference, events)},
                            console));
  return Exit::done;
}

Result<std::string> edition_id(const std::string& text) {
  if (domain::is_id(text)) return text;
  return fail(ErrorCode::invalid_argument,
              "\"" + text + "\" is no id of an edition: 1 to 64 of A-Z a-z 0-9 . _ -");
}

}  // namespace

Result<Exit> publish_edition(const ledger::ReportRequest& request, const Arguments& arguments,
                             Console& console) {
  ledger::EditionName name;
  LIGGARE_TRY(name.id, edition_id(*arguments.text("--publish")));
  LIGGARE_TRY(name.actor, actor_of(arguments));
  if (const std::string* document = arguments.text("--document")) name.document = *document;
  LIGGARE_TRY(const auto ledger, console.open(ledger::Mode::write));
  LIGGARE_TRY(const auto published, ledger->publish(request, name));
  if (!published) return tell_refused({published.error()}, console);
  const Json json = json_of(*published);
  const std::string line =
      fmt::format(fmt::runtime(text_of(console.style().language, "line.published")), published->id,
                  published->published.report, published->published.as_of.text(),
                  published->published.at, published->published.digest, published->position);
  LIGGARE_CHECK(print_forms({line + "\n", Json::array().push(json), json}, console));
  return Exit::done;
}

Result<Exit> show_edition(const Arguments& arguments, Console& console) {
  LIGGARE_TRY(const std::string id, edition_id(*arguments.text("--edition")));
  for (const std::string_view other : {"--as-of", "--at", "--publish"}) {
    if (!arguments.has(std::string(other))) continue;
    return fail(ErrorCode::invalid_argument,
                "--edition has its own day and size; leave out " + std::string(other));
  }
  if (arguments.has("--diff") && arguments.has("--public")) {
    return fail(ErrorCode::invalid_argument,
                "--diff names single events and has no public form; leave out --public");
  }
  if (arguments.has("--diff") && arguments.has("--fail-on-findings")) {
    return fail(ErrorCode::invalid_argument,
                "--fail-on-findings is about an answer; leave it out beside --diff");
  }
  LIGGARE_TRY(const auto ledger, console.open(ledger::Mode::read));
  if (arguments.has("--diff")) return show_difference(*ledger, id, console);
  projection::Answer answer;
  if (arguments.has("--public")) {
    LIGGARE_TRY(answer, ledger->public_edition(id));
  } else {
    LIGGARE_TRY(ledger::Reproduction reproduction, ledger->edition(id));
    answer = std::move(reproduction.answer);
  }
  const bool fails = arguments.has("--fail-on-findings") && !answer.findings.as_array()->empty();
  LIGGARE_CHECK(print_answer(std::move(answer), console));
  return fails ? Exit::finding : Exit::done;
}

}  // namespace liggare::tools
