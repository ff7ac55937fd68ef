// HTML that text can't break out of: every value goes through one escaping function.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace liggare::tools {

// `text` as it stands between tags and in quoted attributes alike. Characters that HTML has no
// place for, and those that change the direction of a line, are replaced by U+FFFD. A line feed
// stays.
std::string escaped_html(std::string_view text);

struct HtmlTable {
  std::string caption;
  std::vector<std::string> titles;
  std::vector<std::vector<std::string>> rows;  // The first cell of each is its heading.
};

// A page with what assistive technology needs: language, one main, headings in order, a link that
// skips to the content, tables with captions and scopes. No script, and nothing from elsewhere.
class HtmlPage {
 public:
  struct Frame {
    std::string_view language;  // "sv"
    std::string_view title;
    std::string_view skip;  // What the link to the content says.
  };
  explicit HtmlPage(const Frame& frame);

  HtmlPage& heading(std::string_view text);     // Of a section: h2.
  HtmlPage& subheading(std::string_view text);  // h3
  HtmlPage& paragraph(std::string_view text);
  HtmlPage& list(const std::vector<std::string>& items);
  HtmlPage& table(const HtmlTable& table);
  std::string text() const;

 private:
  HtmlPage& element(std::string_view name, std::string_view text);
  std::string out_;
};

}  // namespace liggare::tools
