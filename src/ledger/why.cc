#include "ledger/why.h"

#include <algorithm>

#include "ledger/answering.h"
#include "ledger/known_streams.h"
#include "ledger/parts.h"

namespace liggare::ledger {
namespace {

using domain::StreamKind;
using domain::Subject;
using projection::Answer;
using projection::Evidence;

const Json& list_of(const Answer& answer, Selector::Of of) {
  return of == Selector::Of::row ? answer.rows : answer.findings;
}

std::string text_of(const Json& value) {
  const std::string* text = value.as_text();
  return text == nullptr ? value.text() : *text;
}

bool matches(const Json& row, const Selector& selector) {
  for (const auto& [name, wanted] : selector.members) {
    const Json* value = row.find(name);
    if (value == nullptr || text_of(*value) != wanted) return false;
  }
  return true;
}

Result<Json> select(const Answer& answer, const Selector& selector,
                    const projection::Report& report) {
  const Json::Array& all = *list_of(answer, selector.of).as_array();
  for (const auto& [name, wanted] : selector.members) {
    const auto& columns = report.columns;
    if (selector.of == Selector::Of::finding ||
        std::find(columns.begin(), columns.end(), name) != columns.end()) {
      continue;
    }
    std::string names;
    for (const std::string_view column : columns) {
      names.append(names.empty() ? "" : ", ").append(column);
    }
    return fail(ErrorCode::invalid_argument,
                "rows have no column \"" + name + "\"; they have " + names);
  }
  std::vector<const Json*> found;
  for (const Json& row : all) {
    if (matches(row, selector)) found.push_back(&row);
  }
  if (found.size() == 1) return *found.front();
  const bool of_rows = selector.of == Selector::Of::row;
  std::string names = of_rows ? "" : "code, subject, events";
  for (std::size_t i = 0; of_rows && i < report.key_columns; ++i) {
    names.append(i == 0 ? "" : ", ").append(report.columns[i]);
  }
  const std::string which = of_rows ? "rows" : "findings";
  if (found.empty()) {
    return fail(ErrorCode::not_found, "none of the " + std::to_string(all.size()) + " " + which +
                                          " has these values; " + which + " are told apart by " +
                                          names);
  }
  return fail(ErrorCode::invalid_argument, std::to_string(found.size()) + " of the " + which +
                                               " have these values; they are told apart by " +
                                               names);
}

// Where a row is about one participant or one stream, no other participant bears on it.
std::optional<Subject> only_participant(const Json& explained) {
  const Json* participant = explained.find("participant");
  if (participant != nullptr && participant->as_text() != nullptr) {
    return Subject{StreamKind::participant, *participant->as_text()};
  }
  constexpr std::string_view prefix = "participant/";
  const Json* subject = explained.find("subject");
  if (subject == nullptr || subject->as_text() == nullptr) return std::nullopt;
  if (!subject->as_text()->starts_with(prefix)) return std::nullopt;
  return Subject{StreamKind::participant, subject->as_text()->substr(prefix.size())};
}

bool contains(const Json& list, const Json& wanted) {
  for (const Json& row : *list.as_array()) {
    if (row == wanted) return true;
  }
  return false;
}

}  // namespace

Result<Why> Ledger::why(const ReportRequest& request, const Selector& selector,
                        const std::function<void(std::uint64_t)>& progress) const {
  const store::EventLog& log = *parts_->log;
  LIGGARE_TRY(Answer answer, report(request));
  LIGGARE_TRY(const ReadRequest read, read_request(log, request, today()));
  LIGGARE_TRY(Json explained, select(answer, selector, *read.report));
  const auto only = only_participant(explained);
  LIGGARE_TRY(const auto streams, known_streams(log, read.at, [&](const Subject& subject) {
                return subject.kind != StreamKind::participant || !only || subject == *only;
              }));
  const projection::Holds holds = [&](const Evidence& evidence) -> Result<bool> {
    LIGGARE_TRY(const Answer trial, answer_from(evidence, read));
    return contains(list_of(trial, selector.of), explained);
  };
  const auto used = projections_of(read);
  projection::ExplainOptions options;
  options.progress = progress;
  LIGGARE_TRY(const auto explanation, projection::explain(streams, used, holds, options));
  Why why{std::move(answer), std::move(explained), {}, {}};
  why.answer.rows = Json::array();
  why.answer.findings = Json::array();
  LIGGARE_TRY(why.rests_on, named_events(log, explanation.rests_on));
  LIGGARE_TRY(why.refers_to, named_events(log, explanation.refers_to));
  return why;
}

Result<Json> Ledger::events_named(std::span<const std::uint64_t> positions) const {
  return named_events(*parts_->log, positions);
}

}  // namespace liggare::ledger
