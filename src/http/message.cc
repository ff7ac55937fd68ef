#include "http/message.h"

#include <algorithm>

#include "http/characters.h"

namespace liggare::http {

std::optional<std::string_view> find_header(const std::vector<Header>& headers,
                                            std::string_view name) {
  const auto found = std::find_if(headers.begin(), headers.end(), [name](const Header& header) {
    return equals_ignoring_case(header.name, name);
  });
  if (found == headers.end()) return std::nullopt;
  return found->value;
}

Response text_response(int status, std::string body) {
  return {status, {{"Content-Type", "text/plain; charset=utf-8"}}, std::move(body)};
}

std::string_view reason_of(int status) {
  struct Reason {
    int status;
    std::string_view words;
  };
  static constexpr Reason reasons[] = {
      {200, "OK"},
      {201, "Created"},
      {202, "Accepted"},
      {204, "No Content"},
      {206, "Partial Content"},
      {301, "Moved Permanently"},
      {302, "Found"},
      {303, "See Other"},
      {304, "Not Modified"},
      {307, "Temporary Redirect"},
      {308, "Permanent Redirect"},
      {400, "Bad Request"},
      {401, "Unauthorized"},
      {403, "Forbidden"},
      {404, "Not Found"},
      {405, "Method Not Allowed"},
      {406, "Not Acceptable"},
      {408, "Request Timeout"},
      {409, "Conflict"},
      {410, "Gone"},
      {412, "Precondition Failed"},
      {413, "Content Too Large"},
      {415, "Unsupported Media Type"},
      {416, "Range Not Satisfiable"},
      {417, "Expectation Failed"},
      {422, "Unprocessable Content"},
      {428, "Precondition Required"},
      {429, "Too Many Requests"},
      {431, "Request Header Fields Too Large"},
      {500, "Internal Server Error"},
      {501, "Not Implemented"},
      {502, "Bad Gateway"},
      {503, "Service Unavailable"},
      {507, "Insufficient Storage"},
  };
  const auto* found = std::find_if(std::begin(reasons), std::end(reasons),
                                   [status](const Reason& one) { return one.status == status; });
  return found == std::end(reasons) ? std::string_view{} : found->words;
}

}  // namespace liggare::http
