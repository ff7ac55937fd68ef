#include "tools/html.h"

#include <cstdint>

namespace liggare::tools {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";  // U+FFFD

// Black on white, dark grey lines: contrast over 7 : 1. Tables may break between pages, rows not.
constexpr std::string_view style =
    "body{font:1rem/1.5 sans-serif;color:#111;background:#fff;max-width:60rem;margin:0 auto;"
    "padding:1rem}"
    "table{border-collapse:collapse;width:100%;margin:1rem 0}"
    "caption{text-align:left;font-weight:bold;padding:.25rem 0}"
    "th,td{border:1px solid #555;padding:.25rem .5rem;text-align:left;vertical-align:top;"
    "overflow-wrap:anywhere;white-space:pre-wrap}"
    "thead th{background:#eee}"
    ".skip{position:absolute;left:-100rem}.skip:focus{position:static}"
    "@media print{.skip{display:none}body{max-width:none;padding:0}tr{break-inside:avoid}"
    "h2,h3,caption{break-after:avoid}thead{display:table-header-group}}";

std::string_view entity_of(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    case '`':
      return "&#96;";
    default:
      return {};
  }
}

// How many bytes a character takes that must not stand in a page: controls, the C1 controls
// U+0080–U+009F, the marks that turn or embed direction (U+200E, U+200F, U+202A–U+202E,
// U+2066–U+2069), the line separators U+2028 and U+2029, and the byte order mark. 0 for others.
std::size_t harmful_bytes(std::string_view rest) {
  const auto byte = [&](std::size_t i) {
    return i < rest.size() ? static_cast<unsigned char>(rest[i]) : 0U;
  };
  if (byte(0) < 0x20 && rest[0] != '\n' && rest[0] != '\t') return 1;
  if (byte(0) == 0x7F) return 1;
  if (byte(0) == 0xC2 && byte(1) >= 0x80 && byte(1) <= 0x9F) return 2;
  if (byte(0) == 0xEF && byte(1) == 0xBB && byte(2) == 0xBF) return 3;
  if (byte(0) != 0xE2) return 0;
  const bool marks = byte(1) == 0x80 && (byte(2) == 0x8E || byte(2) == 0x8F);
  const bool turns = byte(1) == 0x80 && byte(2) >= 0xA8 && byte(2) <= 0xAE;
  const bool isolates = byte(1) == 0x81 && byte(2) >= 0xA6 && byte(2) <= 0xA9;
  return marks || turns || isolates ? 3 : 0;
}

}  // namespace

std::string escaped_html(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    if (const std::size_t harmful = harmful_bytes(text.substr(i)); harmful > 0) {
      out += replacement;
      i += harmful;
      continue;
    }
    const std::string_view entity = entity_of(text[i]);
    if (entity.empty()) {
      out.push_back(text[i]);
    } else {
      out += entity;
    }
    ++i;
  }
  return out;
}

HtmlPage::HtmlPage(const Frame& frame) {
  out_ = "<!DOCTYPE html>\n<html lang=\"" + escaped_html(frame.language) +
         "\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
         "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
         "style-src 'unsafe-inline'\">\n<title>" +
         escaped_html(frame.title) + "</title>\n<style>" + std::string(style) +
         "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#content\">" +
         escaped_html(frame.skip) + "</a>\n<main id=\"content\">\n<h1>" +
         escaped_html(frame.title) + "</h1>\n";
}

HtmlPage& HtmlPage::element(std::string_view name, std::string_view text) {
  const std::string tag(name);
  out_ += "<" + tag + ">" + escaped_html(text) + "</" + tag + ">\n";
  return *this;
}

HtmlPage& HtmlPage::heading(std::string_view text) { return element("h2", text); }
HtmlPage& HtmlPage::subheading(std::string_view text) { return element("h3", text); }
HtmlPage& HtmlPage::paragraph(std::string_view text) { return element("p", text); }

HtmlPage& HtmlPage::list(const std::vector<std::string>& items) {
  out_ += "<ul>\n";
  for (const std::string& item : items) element("li", item);
  out_ += "</ul>\n";
  return *this;
}

HtmlPage& HtmlPage::table(const HtmlTable& table) {
  out_ += "<table>\n";
  element("caption", table.caption);
  out_ += "<thead><tr>";
  for (const std::string& title : table.titles) {
    out_ += "<th scope=\"col\">" + escaped_html(title) + "</th>";
  }
  out_ += "</tr></thead>\n<tbody>\n";
  for (const std::vector<std::string>& row : table.rows) {
    out_ += "<tr>";
    for (std::size_t i = 0; i < row.size(); ++i) {
      out_ += (i == 0 ? "<th scope=\"row\">" : "<td>") + escaped_html(row[i]) +
              (i == 0 ? "</th>" : "</td>");
    }
    out_ += "</tr>\n";
  }
  out_ += "</tbody>\n</table>\n";
  return *this;
}

std::string HtmlPage::text() const { return out_ + "</main>\n</body>\n</html>\n"; }

}  // namespace liggare::tools
