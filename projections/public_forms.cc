#include "projections/public_forms.h"

#include <set>

#include "projection/suppression.h"
#include "projections/places.h"

namespace liggare::projections {
namespace {

using projection::CountCell;
using Parts = std::map<std::string, int>;

template <class... Texts>
std::string part(const Texts&... texts) {
  std::string name;
  ((name.append(texts).append(1, '\0')), ...);
  return name;
}

std::string text_in(const Json& row, std::string_view column) { return row.find(column)->text(); }

std::optional<std::int64_t> count_in(const Json& row, std::string_view column) {
  const std::int64_t* count = row.find(column)->as_integer();
  return count == nullptr ? std::nullopt : std::optional(*count);
}

// Cells that say nothing about each other.
void add_single_cells(const Answer& answer, std::span<const std::string_view> columns,
                      const std::vector<std::string>& companions, std::vector<CountCell>& cells) {
  const Json::Array& rows = *answer.rows.as_array();
  for (std::size_t row = 0; row < rows.size(); ++row) {
    for (const std::string_view column : columns) {
      const auto count = count_in(rows[row], column);
      if (!count) continue;
      cells.push_back({"rows",
                       row,
                       std::string(column),
                       {},
                       *count,
                       {{part(std::to_string(row), column), 1}},
                       companions});
    }
  }
}

// The days on which some row's from…to begins, or has just ended: what lies between two of them is
// counted as a whole by every row.
std::set<Day> cuts_of(const Json::Array& rows) {
  std::set<Day> cuts;
  for (const Json& row : rows) {
    cuts.insert(*Day::parse(*row.find("from")->as_text()));
    const Day to = *Day::parse(*row.find("to")->as_text());
    if (to < Day::last()) cuts.insert(to.plus_days(1));
  }
  return cuts;
}

// What a row's measure adds up: every place's category and administration in its scope, for every
// stretch of time between cuts.
class MeasureParts {
 public:
  MeasureParts(const std::vector<PlaceRow>& places, const Json::Array& rows)
      : cuts_(cuts_of(rows)) {
    for (const PlaceRow& place : places) places_.emplace(place.category, place.administration);
  }

  Parts of(const Json& row) const {
    const std::string measure = *row.find("measure")->as_text();
    Parts parts;
    for (const std::string& time : times_of(measure, row)) {
      if (measure == "referrals") parts.emplace(part(measure, time), 1);
      for (const auto& [category, administration] : places_) {
        if (measure == "referrals" || !is_in(*row.find("scope"), category, administration))
          continue;
        parts.emplace(part(measure, time, domain::word_of(category), administration), 1);
      }
    }
    return parts;
  }

 private:
  std::vector<std::string> times_of(const std::string& measure, const Json& row) const {
    const Day from = *Day::parse(*row.find("from")->as_text());
    const Day to = *Day::parse(*row.find("to")->as_text());
    if (measure == "active-placements") return {to.text()};
    std::vector<std::string> times;
    for (const Day cut : cuts_) {
      if (from <= cut && cut <= to) times.push_back(cut.text());
    }
    return times;
  }

  static bool is_in(const Json& scope, domain::PlaceCategory category,
                    const std::string& administration) {
    if (const Json* only = scope.find("category")) {
      return *only->as_text() == domain::word_of(category);
    }
    if (category == domain::PlaceCategory::external) return false;
    const Json* only = scope.find("administration");
    return only == nullptr || *only->as_text() == administration;
  }

  std::set<Day> cuts_;
  std::set<std::pair<domain::PlaceCategory, std::string>> places_;
};

// The cells of a group of the report `flow`, whose rows come in the order of periods. Who started
// and has not ended is active, so each period's active follow from what came before.
class FlowCells {
 public:
  void add(std::size_t row, const Json& json, std::vector<CountCell>& cells) {
    const std::string period = *json.find("period")->as_text();
    const Json* group_json = json.find("group");
    const std::string group = group_json == nullptr ? std::string() : *group_json->as_text();
    const auto name = [&](std::string_view what) { return part(group, period, what); };
    const auto cell = [&](std::string_view column, std::string_view member, std::int64_t count,
                          Parts parts, std::vector<std::string> companions = {}) {
      cells.push_back({"rows", row, std::string(column), std::string(member), count,
                       std::move(parts), std::move(companions)});
    };
    Parts& active = active_[group];
    cell("referrals", {}, *count_in(json, "referrals"), {{name("referrals"), 1}});
    cell("started", {}, *count_in(json, "started"), {{name("started"), 1}});
    active.emplace(name("started"), 1);
    Parts ended;
    for (const auto& [outcome, count] : *json.find("outcomes")->as_object()) {
      ended.emplace(name("ended " + outcome), 1);
      active.emplace(name("ended " + outcome), -1);
    }
    cell("ended", {}, *count_in(json, "ended"), ended, {"outcomes", "medianDays"});
    for (const auto& [outcome, count] : *json.find("outcomes")->as_object()) {
      cell("outcomes", outcome, *count.as_integer(), {{name("ended " + outcome), 1}});
    }
    cell("active", {}, *count_in(json, "active"), active);
  }

 private:
  std::map<std::string, Parts> active_;  // By group.
};

// Neighbouring spans of a line that show the same figures.
bool is_same_but_days(const Json& left, const Json& right) {
  for (const std::string_view column : {"agreement", "line", "capacity", "occupied", "free"}) {
    if (*left.find(column) != *right.find(column)) return false;
  }
  return true;
}

Json with_last_day(const Json& row, const Json& day) {
  Json changed = Json::object();
  for (const auto& [name, value] : *row.as_object()) changed.add(name, name == "to" ? day : value);
  return changed;
}

}  // namespace

Result<Answer> public_places(const Question&, Answer answer, std::int64_t small_cell) {
  constexpr std::string_view columns[] = {"realised", "starts", "persons", "stock"};
  std::vector<CountCell> cells;
  add_single_cells(answer, columns, {}, cells);
  suppress(answer, cells, small_cell);
  return answer;
}

Result<Answer> public_measures(const Question& question, Answer answer, std::int64_t small_cell) {
  LIGGARE_TRY(const auto places, projection::rows_of<PlaceRow>(question.rows));
  const Json::Array& rows = *answer.rows.as_array();
  const MeasureParts parts(places, rows);
  std::vector<CountCell> cells;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const auto derived = count_in(rows[row], "derived");
    if (!derived) continue;
    const std::string companion =
        rows[row].find("deviation") == nullptr ? "difference" : "deviation";
    cells.push_back({"rows",
                     row,
                     "derived",
                     {},
                     *derived + count_in(rows[row], "baseline").value_or(0),
                     parts.of(rows[row]),
                     {companion}});
  }
  suppress(answer, cells, small_cell);
  return answer;
}

Result<Answer> public_occupancy(const Question&, Answer answer, std::int64_t small_cell) {
  constexpr std::string_view columns[] = {"occupied"};
  std::vector<CountCell> cells;
  add_single_cells(answer, columns, {"free"}, cells);
  suppress(answer, cells, small_cell);
  // The days on which a hidden count changes would tell it step by step.
  Json rows = Json::array();
  std::optional<Json> last;
  for (const Json& row : *answer.rows.as_array()) {
    if (last && is_same_but_days(*last, row)) {
      last = with_last_day(*last, *row.find("to"));
      continue;
    }
    if (last) rows.push(*std::move(last));
    last = row;
  }
  if (last) rows.push(*std::move(last));
  answer.rows = std::move(rows);
  return answer;
}

Result<Answer> public_ladder(const Question&, Answer answer, std::int64_t small_cell) {
  answer.rows = Json::array();
  std::vector<CountCell> cells;
  const Json::Array& summary = *answer.extras.find("summary")->as_array();
  for (std::size_t row = 0; row < summary.size(); ++row) {
    const std::string criterion = text_in(summary[row], "criterion");
    // Every criterion's colours add up to the same number of participants.
    const std::string yellow = part(criterion, "yellow");
    const std::string green = part(criterion, "green");
    const auto cell = [&](std::string_view colour, Parts parts) {
      cells.push_back({"summary",
                       row,
                       std::string(colour),
                       {},
                       *count_in(summary[row], colour),
                       std::move(parts),
                       {}});
    };
    cell("red", {{"all", 1}, {yellow, -1}, {green, -1}});
    cell("yellow", {{yellow, 1}});
    cell("green", {{green, 1}});
  }
  suppress(answer, cells, small_cell);
  return answer;
}

Result<Answer> public_bottlenecks(const Question&, Answer answer, std::int64_t small_cell) {
  const Json::Array& rows = *answer.rows.as_array();
  // A unit's active are those on its steps and those who have completed all.
  std::map<std::string, Parts> active;
  for (const Json& row : rows) {
    const std::string unit = text_in(row, "unit");
    active[unit].emplace(part(unit, "done"), 1);
    active[unit].emplace(part(unit, text_in(row, "step")), 1);
  }
  std::vector<CountCell> cells;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const std::string unit = text_in(rows[row], "unit");
    const std::string step = text_in(rows[row], "step");
    const auto cell = [&](std::string_view column, Parts parts,
                          std::vector<std::string> companions) {
      cells.push_back({"rows",
                       row,
                       std::string(column),
                       {},
                       *count_in(rows[row], column),
                       std::move(parts),
                       std::move(companions)});
    };
    cell("on", {{part(unit, step), 1}}, {"share", "medianDays"});
    cell("active", active[unit], {"share"});
    cell("stalled", {{part(unit, step, "stalled"), 1}}, {});
  }
  suppress(answer, cells, small_cell);
  return answer;
}

Result<Answer> public_flow(const Question&, Answer answer, std::int64_t small_cell) {
  const Json::Array& rows = *answer.rows.as_array();
  FlowCells flow;
  std::vector<CountCell> cells;
  for (std::size_t row = 0; row < rows.size(); ++row) flow.add(row, rows[row], cells);
  suppress(answer, cells, small_cell);
  return answer;
}

}  // namespace liggare::projections
