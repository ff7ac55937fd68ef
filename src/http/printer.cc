#include "http/printer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ctime>

#include "http/characters.h"

namespace liggare::http {
namespace {

Unexpected<Error> bad(std::string message) {
  return fail(ErrorCode::invalid_argument, std::move(message));
}

bool is_ours(std::string_view name) {
  static constexpr std::array<std::string_view, 5> ours = {"Content-Length", "Transfer-Encoding",
                                                           "Connection", "Date", "Host"};
  return std::any_of(ours.begin(), ours.end(),
                     [name](std::string_view one) { return equals_ignoring_case(one, name); });
}

Result<void> print_headers(const std::vector<Header>& headers, std::string& out) {
  for (const Header& header : headers) {
    if (!is_token(header.name)) return bad("a header's name is no token");
    if (is_ours(header.name)) return bad("the header " + header.name + " is set elsewhere");
    if (!is_header_value(header.value)) {
      return bad("the header " + header.name + " has a control character in it");
    }
    out += fmt::format("{}: {}\r\n", header.name, header.value);
  }
  return {};
}

}  // namespace

bool sends_body(std::string_view method, int status) {
  return method != "HEAD" && status != 204 && status != 304;
}

Result<std::string> print_head(const Response& response, AfterAnswer after, Instant now) {
  if (response.status < 200 || response.status > 599) return bad("a status outside 200 … 599");
  std::string head = fmt::format("HTTP/1.1 {} {}\r\nDate: {}\r\n", response.status,
                                 reason_of(response.status), http_date(now));
  LIGGARE_CHECK(print_headers(response.headers, head));
  // Of HEAD: how long the body would have been.
  if (response.status != 204 && response.status != 304) {
    head += fmt::format("Content-Length: {}\r\n", response.body.size());
  }
  if (after == AfterAnswer::close) head += "Connection: close\r\n";
  return head + "\r\n";
}

Result<std::string> print_head(const Request& request, const Url& url) {
  if (!is_token(request.method)) return bad("the method is no token");
  std::string head = fmt::format("{} {} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n",
                                 request.method, url.target, url.authority());
  LIGGARE_CHECK(print_headers(request.headers, head));
  if (!request.body.empty() || request.method == "POST" || request.method == "PUT") {
    head += fmt::format("Content-Length: {}\r\n", request.body.size());
  }
  return head + "\r\n";
}

std::string http_date(Instant instant) {
  static constexpr std::array<const char*, 7> days = {"Sun", "Mon", "Tue", "Wed",
                                                      "Thu", "Fri", "Sat"};
  static constexpr std::array<const char*, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::time_t seconds = instant.microseconds / 1'000'000;
  std::tm utc{};
  ::gmtime_r(&seconds, &utc);
  return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT",
                     days[static_cast<std::size_t>(utc.tm_wday)], utc.tm_mday,
                     months[static_cast<std::size_t>(utc.tm_mon)], utc.tm_year + 1900, utc.tm_hour,
                     utc.tm_min, utc.tm_sec);
}

}  // namespace liggare::http
