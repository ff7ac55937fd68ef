#include "projections/occupancy.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "projection/finding.h"
#include "projections/agreements.h"
#include "projections/participants.h"
#include "projections/public_forms.h"

namespace liggare::projections {
namespace {

using projection::Answer;
using projection::Finding;
using projection::Question;

// An enrolment or a placement that names a line.
struct Occupant {
  Day start = Day::first();
  std::optional<Day> end;  // The last day.
  std::int64_t position = 0;
  std::string event;
};

using LineName = std::pair<std::string, std::string>;
using Occupants = std::map<LineName, std::vector<Occupant>>;  // By position.

template <class Row>
Result<void> read_occupants(const projection::RowSource& rows, Occupants& occupants) {
  const auto into = [](Occupants& part) {
    return [&part](Row& row) {
      auto& fact = row.fact;
      if (!fact.agreement || !fact.line) return;
      part[{*std::move(fact.agreement), *std::move(fact.line)}].push_back(
          {fact.start, fact.end, fact.position, std::move(fact.event_id)});
    };
  };
  Occupants others;
  LIGGARE_CHECK(projection::each_row_in_halves<Row>(rows, into(occupants), into(others)));
  for (auto& [line, of_line] : others) {
    std::ranges::move(of_line, std::back_inserter(occupants[line]));
  }
  return {};
}

Result<Occupants> all_occupants(const projection::RowSource& rows) {
  Occupants occupants;
  LIGGARE_CHECK(read_occupants<EnrolmentRow>(rows, occupants));
  LIGGARE_CHECK(read_occupants<PlacementRow>(rows, occupants));
  for (auto& [line, of_line] : occupants) std::ranges::sort(of_line, {}, &Occupant::position);
  return occupants;
}

// Days on which the figures of a line may change, from `from` on.
std::set<Day> changes_of(const AgreementRow& agreement, const LineFact& line,
                         const std::vector<Occupant>& occupants, Day from) {
  std::set<Day> days{from, agreement.valid_from};
  const auto add_day_after = [&](Day day) {
    if (day < Day::last()) days.insert(day.plus_days(1));
  };
  if (agreement.valid_to) add_day_after(*agreement.valid_to);
  for (const PlacesFrom& change : line.places) days.insert(change.from);
  for (const Occupant& occupant : occupants) {
    days.insert(occupant.start);
    if (occupant.end) add_day_after(*occupant.end);
  }
  days.erase(days.begin(), days.lower_bound(from));
  return days;
}

struct Span {
  Day from = Day::first();
  Day to = Day::first();
  std::int64_t capacity = 0;
  std::int64_t occupied = 0;
};

// The maximal spans of constant figures in from…to.
std::vector<Span> spans_of(const AgreementRow& agreement, const LineFact& line,
                           const std::vector<Occupant>& occupants, Day from, Day to) {
  std::map<Day, std::int64_t> steps;  // How many more occupants there are from that day on.
  for (const Occupant& occupant : occupants) {
    ++steps[occupant.start];
    if (occupant.end && *occupant.end < Day::last()) --steps[occupant.end->plus_days(1)];
  }
  std::vector<Span> spans;
  auto step = steps.begin();
  std::int64_t occupied = 0;
  for (const Day day : changes_of(agreement, line, occupants, from)) {
    if (day > to) break;
    for (; step != steps.end() && step->first <= day; ++step) occupied += step->second;
    const std::int64_t capacity = capacity_on(agreement, line, day);
    if (!spans.empty() && spans.back().capacity == capacity && spans.back().occupied == occupied) {
      continue;
    }
    if (!spans.empty()) spans.back().to = day.plus_days(-1);
    spans.push_back({day, to, capacity, occupied});
  }
  return spans;
}

// The started events of those who were there on any day of the span, by position (contract P15).
std::vector<std::string> events_of(const std::vector<Occupant>& occupants, const Span& span) {
  std::vector<std::string> events;
  for (const Occupant& occupant : occupants) {
    const bool was_there =
        occupant.start <= span.to && (!occupant.end || *occupant.end >= span.from);
    if (was_there) events.push_back(occupant.event);
  }
  return events;
}

void report_line(const AgreementRow& agreement, const LineFact& line,
                 const std::vector<Occupant>& occupants, Day from, Day to, Answer& answer,
                 std::vector<Finding>& findings) {
  for (const Span& span : spans_of(agreement, line, occupants, from, to)) {
    answer.rows.push(Json::object()
                         .add("agreement", agreement.agreement)
                         .add("line", line.line)
                         .add("from", span.from)
                         .add("to", span.to)
                         .add("capacity", span.capacity)
                         .add("occupied", span.occupied)
                         .add("free", span.capacity - span.occupied));
    if (span.occupied <= span.capacity) continue;
    findings.push_back(
        {span.capacity == 0 ? "agreement-lapsed" : "over-capacity",
         "agreement/" + agreement.agreement, events_of(occupants, span),
         Json::object().add("line", line.line).add("from", span.from).add("to", span.to)});
  }
}

Result<Answer> answer_occupancy(const Question& question) {
  LIGGARE_TRY(const auto agreements, projection::rows_of<AgreementRow>(question.rows));
  const std::string* only = question.options.text("agreement");
  const Day from = *question.options.day("from");
  const Day to = std::min(*question.options.day("to"), question.as_of);
  LIGGARE_TRY(Occupants occupants, all_occupants(question.rows));
  Answer answer;
  std::vector<Finding> findings;
  for (const AgreementRow& agreement : agreements) {
    if (only != nullptr && agreement.agreement != *only) continue;
    for (const LineFact& line : agreement.lines) {
      report_line(agreement, line, occupants[{agreement.agreement, line.line}], from, to, answer,
                  findings);
    }
  }
  answer.findings = projection::findings_json(std::move(findings));
  return answer;
}

}  // namespace

projection::Report occupancy_report() {
  using enum projection::OptionKind;
  using enum projection::Presence;
  return {"occupancy",
          {{"from", day, required}, {"to", day, required}, {"agreement", agreement}},
          {"agreement", "line", "from", "to", "capacity", "occupied", "free"},
          3,
          {"agreements", "enrolments", "placements"},
          answer_occupancy,
          public_occupancy};
}

}  // namespace liggare::projections
