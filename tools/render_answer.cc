#include "tools/render_answer.h"

#include <fmt/format.h>

#include <algorithm>

#include "tools/columns.h"
#include "tools/display_text.h"

namespace liggare::tools {
namespace {

constexpr std::size_t summary_columns_max = 60;
constexpr std::size_t events_shown_max = 3;

template <class... Values>
std::string phrase(const Style& style, std::string_view key, const Values&... values) {
  return fmt::format(fmt::runtime(text_of(style.language, key)), values...);
}

std::string report_title(std::string_view report, const Style& style) {
  const auto title = find_text(style.language, "report." + std::string(report));
  return title ? std::string(*title) : visible(report);
}

std::string titled_table(const std::string& title, const Json& rows, const Style& style) {
  return "\n" + emphasised(title, style) + "\n" + render_table(rows, columns_of(rows), style);
}

// "2026-11-22T08:15:00.123456Z" without its fraction and with a blank.
std::string without_fraction(std::string text) {
  if (const auto dot = text.find('.'); dot != std::string::npos) text = text.substr(0, dot) + "Z";
  if (const auto t = text.find('T'); t != std::string::npos) text[t] = ' ';
  return text;
}

std::int64_t position_of(const std::string& sequence) {
  std::int64_t position = 0;
  for (const char digit : sequence) position = position * 10 + (digit - '0');
  return position;
}

Json history_row(const Json& event, const Style& style) {
  Json row = Json::object();
  if (const Json* sequence = event.find("sequence"); sequence && sequence->as_text()) {
    row.add("position", position_of(*sequence->as_text()));
  }
  for (const std::string_view key : {"effective", "recorded", "type", "status", "actor"}) {
    const Json* value = event.find(key);
    if (value == nullptr) continue;
    const bool is_instant = key == "recorded" && value->as_text() != nullptr;
    row.add(key, is_instant ? Json(without_fraction(*value->as_text())) : *value);
  }
  if (const Json* data = event.find("data")) {
    const Style plain{style.language, Colour::off};
    row.add("data", shortened(cell_text(*data, "data", plain), summary_columns_max));
  }
  return row;
}

std::string history_table(const Json& events, const Style& style) {
  Json rows = Json::array();
  for (const Json& event : *events.as_array()) rows.push(history_row(event, style));
  return "\n" + render_table(rows, columns_of(rows), style);
}

bool is_list_of_objects(const Json& value) {
  const Json::Array* elements = value.as_array();
  return elements && !elements->empty() && elements->front().as_object();
}

// {L: {criteria, completedSteps}} as rows that name their ladder.
Json ladder_rows(const Json::Object& ladders) {
  Json rows = Json::array();
  for (const auto& [ladder, standing] : ladders) {
    Json row = Json::object().add("name", ladder);
    for (const JsonMember& member : *standing.as_object()) row.add(member.first, member.second);
    rows.push(std::move(row));
  }
  return rows;
}

std::string state_sections(const Json& row, const Style& style) {
  std::string out;
  for (const auto& [name, value] : *row.as_object()) {
    const std::string title{title_of(style.language, name)};
    const Json::Object* members = value.as_object();
    if (is_list_of_objects(value)) {
      out += titled_table(title, value, style);
    } else if (members && !members->empty()) {
      const Json rows = name == "ladders" ? ladder_rows(*members) : Json::array().push(value);
      out += titled_table(title, rows, style);
    } else {
      out += "\n" + emphasised(title, style) + ": " + cell_text(value, name, style) + "\n";
    }
  }
  return out;
}

std::string rows_text(const projection::Answer& answer, std::span<const std::string_view> columns,
                      const Style& style) {
  const Json::Array& rows = *answer.rows.as_array();
  if (rows.empty()) return "\n" + phrase(style, "line.no-rows") + "\n";
  if (answer.report == "history") return history_table(answer.rows, style);
  if (answer.report == "state") return state_sections(rows.front(), style);
  return "\n" + render_table(answer.rows, columns_present(answer.rows, columns), style);
}

// A finding with its first events only, and how many there are.
Json short_finding(const Json& finding, const Style& style) {
  Json row = Json::object();
  for (const auto& [name, value] : *finding.as_object()) {
    const Json::Array* events = name == "events" ? value.as_array() : nullptr;
    if (events == nullptr || events->size() <= events_shown_max) {
      row.add(name, value);
      continue;
    }
    Json shown = Json::array();
    for (std::size_t i = 0; i < events_shown_max; ++i) shown.push((*events)[i]);
    shown.push(phrase(style, "line.more", events->size()));
    row.add(name, std::move(shown));
  }
  return row;
}

}  // namespace

std::string render_answer(const projection::Answer& answer,
                          std::span<const std::string_view> columns, const Style& style) {
  const std::string title = report_title(answer.report, style);
  std::string out =
      emphasised(phrase(style, "line.heading", title, answer.as_of.text(), answer.at), style) +
      "\n" + rows_text(answer, columns, style);
  for (const auto& [name, value] : *answer.extras.as_object()) {
    if (!is_list_of_objects(value)) continue;
    const auto extra_title = find_text(style.language, "line." + name);
    out += titled_table(std::string(extra_title.value_or(name)), value, style);
  }
  if (const Json::Array& findings = *answer.findings.as_array(); !findings.empty()) {
    Json rows = Json::array();
    for (const Json& finding : findings) rows.push(short_finding(finding, style));
    out += titled_table(phrase(style, "line.findings", findings.size()), rows, style);
  }
  return out;
}

}  // namespace liggare::tools
