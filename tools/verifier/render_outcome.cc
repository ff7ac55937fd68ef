#include "tools/verifier/render_outcome.h"

#include "tools/display_text.h"

namespace liggare::tools {
namespace {

using Remarks = std::vector<audit::Remark>;

std::string paragraph(std::string_view title, const Remarks& remarks, const Style& style) {
  if (remarks.empty()) return {};
  std::string text = emphasised(std::string(title), style) + "\n";
  for (const audit::Remark& remark : remarks) {
    text += "  " + sentence(style.language, remark) + "\n";
  }
  return text;
}

std::string verdict_line(const audit::Outcome& outcome, const Style& style) {
  const std::string verdict(text_of(style.language, outcome.verdict()));
  std::string line = emphasised(verdict, style);
  if (outcome.refusal) {
    line += ": " + text_of(style.language, outcome.refusal->place) + ": " +
            std::string(text_of(style.language, outcome.refusal->reason));
    const std::string detail = text_of(style.language, outcome.refusal->detail);
    if (!detail.empty()) line += " (" + detail + ")";
  }
  return line + "\n";
}

// What a person wants to know first: what is shown now, or what to do.
std::string first_words(const audit::Outcome& outcome, Evidence evidence, Language language) {
  if (outcome.refusal) return next_step(language, outcome.refusal->reason, evidence) + "\n";
  std::string text;
  for (const audit::Remark& remark : outcome.shown) text += sentence(language, remark) + "\n";
  return text;
}

std::string fact_line(const std::string& name, const Json& value, Language language) {
  const std::string_view title = fact_title(language, name);
  // Lists are for machines: there may be thousands of leaves.
  if (title.empty() || value.is_null()) return {};
  const std::string* plain = value.as_text();
  return "  " + std::string(title) + ": " + visible(plain != nullptr ? *plain : value.text()) +
         "\n";
}

std::string fact_lines(const Json& facts, Language language) {
  std::string text;
  for (const auto& [name, value] : *facts.as_object()) {
    const Json::Object* members = value.as_object();
    if (members == nullptr) {
      text += fact_line(name, value, language);
      continue;
    }
    for (const auto& [member, inner] : *members) {
      text += fact_line(std::string(name) + "." + std::string(member), inner, language);
    }
  }
  return text;
}

// What came from files may be no UTF-8 at all, which JSON has to be.
Json visible_json(const Json& json) {
  if (const std::string* text = json.as_text()) return visible(*text);
  if (const Json::Array* array = json.as_array()) {
    Json copy = Json::array();
    for (const Json& element : *array) copy.push(visible_json(element));
    return copy;
  }
  if (const Json::Object* object = json.as_object()) {
    Json copy = Json::object();
    for (const auto& [name, value] : *object) copy.add(name, visible_json(value));
    return copy;
  }
  return json;
}

Json json_of(const Remarks& remarks) {
  Json list = Json::array();
  for (const audit::Remark& remark : remarks) {
    list.push(Json::object()
                  .add("code", audit::name_of(remark.statement))
                  .add("text", sentence(Language::english, remark))
                  .add("values", visible_json(Json::list(remark.values))));
  }
  return list;
}

}  // namespace

Exit exit_of(audit::Verdict verdict) {
  switch (verdict) {
    case audit::Verdict::verified:
      return Exit::done;
    case audit::Verdict::tampered:
      return Exit::finding;
    case audit::Verdict::cannot_tell:
      return Exit::incomplete;
  }
  return Exit::incomplete;
}

std::string text_of(const audit::Outcome& outcome, Evidence evidence, const Style& style) {
  const auto title = [&](std::string_view english, std::string_view swedish) {
    return style.language == Language::swedish ? swedish : english;
  };
  return verdict_line(outcome, style) + first_words(outcome, evidence, style.language) +
         fact_lines(outcome.facts, style.language) +
         paragraph(title("Rests on", "Bygger på"), outcome.trust, style) +
         paragraph(title("Checked", "Kontrollerat"), outcome.checked, style) +
         paragraph(title("Not checked", "Inte kontrollerat"), outcome.not_checked, style);
}

Json json_of(const audit::Outcome& outcome) {
  Json json = Json::object();
  json.add("verdict", audit::name_of(outcome.verdict()));
  if (outcome.refusal) {
    json.add("reason", audit::name_of(outcome.refusal->reason))
        .add("place", visible(outcome.refusal->place.text()))
        .add("detail", text_of(Language::english, outcome.refusal->detail));
  } else {
    json.add("reason", Json()).add("place", Json()).add("detail", Json());
  }
  json.add("shown", json_of(outcome.refusal ? Remarks{} : outcome.shown));
  return json.add("trust", json_of(outcome.trust))
      .add("checked", json_of(outcome.checked))
      .add("notChecked", json_of(outcome.not_checked))
      .add("facts", visible_json(outcome.facts));
}

}  // namespace liggare::tools
