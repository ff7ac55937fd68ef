#include "tests/codec/line.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace liggare::codec {

Line::Line(std::string_view type, std::string_view data)
    : attributes_{{"specversion", R"("1.0")"},        {"id", R"("ev-1")"},
                  {"source", R"("/amc/journal")"},    {"type", in_quotes(type)},
                  {"subject", R"("participant/P1")"}, {"effective", R"("2024-03-01")"},
                  {"actor", R"("staff/S1")"},         {"data", std::string(data)}} {}

Line Line::with(std::string_view attribute, std::string_view json) const {
  Line copy = *this;
  const auto found =
      std::find_if(copy.attributes_.begin(), copy.attributes_.end(),
                   [&](const auto& existing) { return existing.first == attribute; });
  if (found == copy.attributes_.end()) {
    copy.attributes_.emplace_back(attribute, json);
  } else {
    found->second = json;
  }
  return copy;
}

Line Line::without(std::string_view attribute) const {
  Line copy = *this;
  std::erase_if(copy.attributes_,
                [&](const auto& existing) { return existing.first == attribute; });
  return copy;
}

Line Line::about(std::string_view subject) const { return with("subject", in_quotes(subject)); }

std::string Line::text() const {
  std::string text = "{";
  for (const auto& [name, json] : attributes_) {
    if (text.size() > 1) text += ",";
    text.append(in_quotes(name)).append(":").append(json);
  }
  return text + "}";
}

Line note() { return Line("note.recorded", R"({"personal":{"ordinary":{"text":"Hej"}}})"); }

Line registration(std::string_view data) { return Line("participant.registered", data); }

Line target(std::string_view scope) {
  return Line("target.set", R"({"measure":"referrals","from":"2024-01-01","to":"2024-12-31",)"
                            R"("value":1,"scope":)" +
                                std::string(scope) + "}")
      .about("target/T1");
}

Line correction(std::string_view members) {
  return Line("event.corrected",
              R"({"target":"ev-0","reason":"fel",)" + std::string(members) + "}");
}

void expect_taken(const std::string& line, std::source_location at) {
  const auto result = parse_event(line);
  if (result) return;
  ADD_FAILURE_AT(at.file_name(), static_cast<int>(at.line()))
      << "refused: " << name_of(result.error().code) << " " << result.error().detail;
}

void expect_taken(const Line& line, std::source_location at) { expect_taken(line.text(), at); }

void expect_refused(const std::string& line, RejectionCode code, std::string_view path,
                    std::source_location at) {
  const auto result = parse_event(line);
  if (!result && result.error() == domain::Rejection{code, std::string(path)}) return;
  const std::string answer =
      result ? "taken" : std::string(name_of(result.error().code)) + " " + result.error().detail;
  ADD_FAILURE_AT(at.file_name(), static_cast<int>(at.line()))
      << "expected " << name_of(code) << " " << path << ", got: " << answer;
}

void expect_refused(const Line& line, RejectionCode code, std::string_view path,
                    std::source_location at) {
  expect_refused(line.text(), code, path, at);
}

std::string in_quotes(std::string_view value) { return '"' + std::string(value) + '"'; }

}  // namespace liggare::codec
