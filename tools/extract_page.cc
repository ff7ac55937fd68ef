#include "tools/extract_page.h"

#include <fmt/format.h>

#include "base/assertion.h"
#include "tools/columns.h"
#include "tools/extract_texts.h"
#include "tools/html.h"
#include "tools/render_table.h"

namespace liggare::tools {
namespace {

class Writer {
 public:
  Writer(const Json& extract, Language language)
      : extract_(extract), style_{language, Colour::off}, page_(frame()) {}

  std::string write() {
    page_.paragraph(line("intro", text("day"), text("participant")));
    data();
    listed("purposes", part("purposes"));
    sources();
    rows("consents", part("consents"));
    rows("disclosures", part("disclosures"));
    rows("retention", part("retention"), "retention-none");
    rights();
    readers();
    completeness();
    events();
    return page_.text();
  }

 private:
  HtmlPage::Frame frame() {
    title_ = line("title", text("participant"));
    return {style_.language == Language::swedish ? "sv" : "en", title_,
            extract_text(style_.language, "skip")};
  }
  std::string say(std::string_view key) const {
    return std::string(extract_text(style_.language, key));
  }
  template <class... Values>
  std::string line(std::string_view key, const Values&... values) const {
    return fmt::format(fmt::runtime(extract_text(style_.language, key)), values...);
  }
  const Json& part(std::string_view name) const {
    const Json* found = extract_.find(name);
    LIGGARE_ASSERT(found != nullptr, "an extract has all its parts");
    return *found;
  }
  std::string text(std::string_view name) const { return *part(name).as_text(); }
  std::string cell(const Json& value, std::string_view column) const {
    return cell_text(value, column, style_);
  }
  std::string type_label(const Json& type) const { return say("type." + *type.as_text()); }

  // Without a table where there is nothing in it.
  void rows(std::string_view key, const Json& rows, std::string_view otherwise = "nobody") {
    page_.heading(say(key));
    if (rows.as_array()->empty()) {
      page_.paragraph(say(otherwise));
      return;
    }
    table(say(key), rows);
  }

  void table(const std::string& caption, const Json& rows) {
    HtmlTable table{caption, {}, {}};
    const Columns columns = columns_of(rows);
    for (const std::string_view column : columns) {
      table.titles.emplace_back(title_of(style_.language, column));
    }
    for (const Json& row : *rows.as_array()) {
      std::vector<std::string>& cells = table.rows.emplace_back();
      for (const std::string_view column : columns) {
        const Json* value = row.find(column);
        cells.push_back(cell(value == nullptr ? Json() : *value, column));
      }
    }
    page_.table(table);
  }

  void listed(std::string_view key, const Json& values) {
    page_.heading(say(key));
    std::vector<std::string> items;
    for (const Json& value : *values.as_array()) items.push_back(cell(value, "purpose"));
    if (items.empty()) {
      page_.paragraph(say("nobody"));
    } else {
      page_.list(items);
    }
  }

  void data() {
    page_.heading(say("data")).paragraph(say("data-note"));
    const Json::Array& states = *part("classes").as_array();
    for (const Json& state : states) {
      const std::string name = *state.find("class")->as_text();
      page_.subheading(say("class." + name));
      for (const Json& day : *state.find("erasedOn")->as_array()) {
        page_.paragraph(line("erased", *day.as_text()));
      }
      if (*state.find("sealed") != Json(0)) page_.paragraph(say("closed"));
      const Json& entries = *part("data").find(name);
      if (entries.as_array()->empty()) page_.paragraph(say("nothing"));
      if (*state.find("shown") != Json(0)) values(name, entries);
    }
  }

  // One row for each value: when, what kind of event, which field, what it says.
  void values(const std::string& name, const Json& entries) {
    HtmlTable table{say("class." + name),
                    {std::string(title_of(style_.language, "effective")),
                     std::string(title_of(style_.language, "type")),
                     std::string(title_of(style_.language, "status")),
                     std::string(title_of(style_.language, "name")),
                     std::string(title_of(style_.language, "value"))},
                    {}};
    for (const Json& entry : *entries.as_array()) {
      for (const auto& [field, value] : *entry.find("values")->as_object()) {
        // A mark of what is closed; a person's own values are text.
        if (value.as_text() == nullptr) continue;
        table.rows.push_back({cell(*entry.find("effective"), "effective"),
                              type_label(*entry.find("type")),
                              cell(*entry.find("status"), "status"), field, *value.as_text()});
      }
    }
    page_.table(table);
  }

  void sources() {
    page_.heading(say("sources"));
    const Json& sources = part("sources");
    page_.paragraph(line("systems", cell(*sources.find("systems"), "source")));
    page_.paragraph(line("referrers", cell(*sources.find("referrers"), "state")));
  }

  void rights() {
    page_.heading(say("rights"));
    std::vector<std::string> items;
    for (const Json& right : *part("rights").as_array()) {
      items.push_back(say("right." + *right.as_text()));
    }
    page_.list(items).paragraph(line("authority", text("authority")));
  }

  void readers() {
    rows("readers", part("readers"));
    page_.paragraph(say("readers-note"));
  }

  void completeness() {
    const Json& proof = part("completeness");
    page_.heading(say("completeness"));
    if (*proof.find("proven") == Json(true)) {
      page_.paragraph(line("proven", *proof.find("completeTo")->as_integer(),
                           *proof.find("afterSeal")->as_integer()));
    } else {
      page_.paragraph(line("not-proven", *proof.find("missing")->as_text()));
    }
  }

  void events() {
    page_.heading(say("events"));
    Json rows = Json::array();
    for (const Json& event : *part("events").as_array()) {
      Json data = Json::object();
      for (const auto& [name, value] : *event.find("data")->as_object()) {
        if (name != "personal") data.add(name, value);
      }
      rows.push(Json::object()
                    .add("effective", *event.find("effective"))
                    .add("type", type_label(*event.find("type")))
                    .add("status", *event.find("status"))
                    .add("correctedBy", *event.find("correctedBy"))
                    .add("id", *event.find("id"))
                    .add("recorded", *event.find("recorded"))
                    .add("source", *event.find("source"))
                    .add("data", std::move(data)));
    }
    table(say("events-caption"), rows);
  }

  const Json& extract_;
  const Style style_;
  std::string title_;
  HtmlPage page_;
};

}  // namespace

std::string extract_page(const Json& extract, Language language) {
  return Writer(extract, language).write();
}

}  // namespace liggare::tools
