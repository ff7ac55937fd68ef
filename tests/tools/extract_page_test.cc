#include "tools/extract_page.h"

#include <gtest/gtest.h>

#include <array>
#include <regex>
#include <set>

#include "domain/event_type.h"
#include "tools/extract_texts.h"
#include "tools/html.h"

namespace liggare::tools {
namespace {

constexpr auto hostile = std::to_array<std::string_view>({
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<img src=x onerror=alert(1)>",
    "<IMG \"\"\"><SCRIPT>alert(1)</SCRIPT>\">",
    "<svg onload=alert(1)>",
    "<svg/onload=alert(1)//",
    "<body onload=alert(1)>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<math><mtext></p><img src=x onerror=alert(1)>",
    "<style>@import 'http://evil.example/x.css';</style>",
    "<link rel=stylesheet href=//evil.example>",
    "<meta http-equiv=refresh content=0;url=//evil.example>",
    "<base href=//evil.example/>",
    "<form action=//evil.example><input name=q>",
    "<object data=x></object>",
    "<embed src=x>",
    "<template><script>alert(1)</script></template>",
    "<!-- comment -->",
    "--><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version=\"1.0\"?>",
    "<!DOCTYPE html><html>",
    "</td></tr></table><h1>forged</h1>",
    "</caption><tbody>",
    "</main></body></html>",
    "\"><script>alert(1)</script>",
    "'><script>alert(1)</script>",
    "\" onmouseover=\"alert(1)",
    "' onmouseover='alert(1)",
    "` onmouseover=`alert(1)",
    "x\" style=\"position:fixed",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;",
    "&#x3c;script&#x3e;",
    "&",
    "&amp;",
    "&&&<<<>>>",
    "a\x01"
    "b\x1b[31mred",
    "\x7f\x08\x0c",
    "\xC2\x85next\xC2\x9Bline",
    "\xE2\x80\xAEtxt.exe",
    "\xE2\x80\xAA\xE2\x80\xAB\xE2\x80\xAC",
    "\xE2\x81\xA6isolated\xE2\x81\xA9",
    "\xE2\x80\xA8line\xE2\x80\xA9paragraph",
    "\xEF\xBB\xBF<script>",
    "<\xC3\xA5\xC3\xA4\xC3\xB6 onclick=alert(1)>",
    "=cmd|' /C calc'!A1",
});

// An extract whose every text is `text`, where the ledger lets a person's words or a unit's
// through.
Json extract_saying(std::string_view text) {
  const auto none = [] { return Json::array(); };
  Json states = Json::array();
  Json data = Json::object();
  for (const std::string_view name : {"identity", "ordinary", "social", "health", "offence"}) {
    states.push(Json::object()
                    .add("class", name)
                    .add("shown", 1)
                    .add("sealed", 0)
                    .add("erasedOn", Json::array()));
    data.add(name, Json::array().push(Json::object()
                                          .add("event", text)
                                          .add("type", text)
                                          .add("effective", text)
                                          .add("status", text)
                                          .add("correctedBy", none())
                                          .add("values", Json::object().add(text, text))));
  }
  const Json row = Json::object().add(text, text).add("recipientName", text);
  const Json event = Json::object()
                         .add("id", text)
                         .add("type", text)
                         .add("effective", text)
                         .add("status", text)
                         .add("recorded", text)
                         .add("source", text)
                         .add("correctedBy", Json::array().push(text))
                         .add("data", Json::object().add(text, text));
  return Json::object()
      .add("participant", text)
      .add("day", text)
      .add("classes", std::move(states))
      .add("data", std::move(data))
      .add("purposes", Json::array().push(text))
      .add("sources", Json::object()
                          .add("systems", Json::array().push(text))
                          .add("referrers", Json::array().push(text)))
      .add("consents", Json::array().push(row))
      .add("disclosures", Json::array().push(row))
      .add("retention", Json::array().push(row))
      .add("rights", Json::array().push(text))
      .add("authority", text)
      .add("readers", Json::array().push(row))
      .add("completeness", Json::object().add("proven", false).add("missing", text))
      .add("events", Json::array().push(event));
}

// The tags of a page, attributes included, in order.
std::vector<std::string> tags_of(const std::string& page) {
  static const std::regex tag("<[^>]*>");
  return {std::sregex_token_iterator(page.begin(), page.end(), tag), {}};
}

TEST(Html, EscapesWhatCouldEndATextOrAnAttribute) {
  EXPECT_EQ(escaped_html("<a href=\"x\">'&`"), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#96;");
  EXPECT_EQ(escaped_html("Åsa\n– 5 < 6"), "Åsa\n– 5 &lt; 6");
}

TEST(Html, ReplacesControlsAndMarksThatTurnALine) {
  const std::string mark = "\xEF\xBF\xBD";
  EXPECT_EQ(escaped_html(std::string_view("a\0b\x1b\x7f", 5)), "a" + mark + "b" + mark + mark);
  EXPECT_EQ(escaped_html("\xE2\x80\xAEx\xE2\x81\xA6\xC2\x9B\xE2\x80\x8F\xEF\xBB\xBF"),
            mark + "x" + mark + mark + mark + mark);
  EXPECT_EQ(escaped_html("\xE2\x80\x93\xE2\x82\xAC"), "\xE2\x80\x93\xE2\x82\xAC");
}

// Whatever the texts say, the page has the tags that it has with a harmless text.
TEST(ExtractPage, HasNoTagThatATextBroughtAlong) {
  static_assert(hostile.size() == 50);
  const auto expected = tags_of(extract_page(extract_saying("harmless"), Language::english));
  for (const std::string_view text : hostile) {
    const std::string page = extract_page(extract_saying(text), Language::english);
    EXPECT_EQ(tags_of(page), expected) << text;
    for (const char c : page) EXPECT_TRUE(c == '\n' || (c >= 0x20 && c != 0x7F) || c < 0) << text;
  }
}

TEST(ExtractPage, IsAccessible) {
  const std::string page = extract_page(extract_saying("x"), Language::swedish);
  for (const std::string_view part :
       {"<html lang=\"sv\">", "<meta charset=\"utf-8\">", "<title>",
        "class=\"skip\" href=\"#content\"", "<main id=\"content\">", "<caption>",
        "<th scope=\"col\">", "<th scope=\"row\">", "@media print"}) {
    EXPECT_NE(page.find(part), std::string::npos) << part;
  }
  for (const std::string_view part : {"<script", "http://", "https://", "url(", "<img"}) {
    EXPECT_EQ(page.find(part), std::string::npos) << part;
  }
  const auto tags = tags_of(page);
  EXPECT_EQ(std::count(tags.begin(), tags.end(), "<h1>"), 1);
  EXPECT_EQ(std::count(tags.begin(), tags.end(), "<table>"),
            std::count(tags.begin(), tags.end(), "<caption>"));
}

TEST(ExtractPage, SaysWhatIsErasedAndWhatIsNotShown) {
  Json extract = Json::object();
  const Json full = extract_saying("x");
  for (const auto& [name, value] : *full.as_object()) {
    if (name != "classes") extract.add(name, value);
  }
  extract.add("classes", Json::array().push(Json::object()
                                                .add("class", "health")
                                                .add("shown", 0)
                                                .add("sealed", 2)
                                                .add("erasedOn", Json::list({"2026-11-01"}))));
  const std::string page = extract_page(extract, Language::swedish);
  EXPECT_NE(page.find("Gallrat den 2026-11-01."), std::string::npos);
  EXPECT_NE(page.find("Finns, och visas inte i detta utdrag."), std::string::npos);
}

TEST(ExtractTexts, NameEveryTypeOfAParticipantsEvents) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < domain::event_type_count; ++i) {
    const auto type = static_cast<domain::EventType>(i);
    if (domain::home_of(type) != domain::StreamKind::participant) continue;
    const std::string key = "type." + std::string(domain::name_of(type));
    EXPECT_NE(extract_text(Language::english, key), key);
    ++count;
  }
  EXPECT_GT(count, 40U);
}

TEST(ExtractTexts, HaveBothLanguagesOnceWithTheSameHoles) {
  const auto holes = [](std::string_view text) {
    return std::count(text.begin(), text.end(), '{');
  };
  std::set<std::string_view> keys;
  for (const Text& text : extract_catalogue()) {
    EXPECT_TRUE(keys.insert(text.key).second) << text.key;
    EXPECT_FALSE(text.english.empty() || text.swedish.empty()) << text.key;
    EXPECT_EQ(holes(text.english), holes(text.swedish)) << text.key;
  }
}

}  // namespace
}  // namespace liggare::tools
