// HTTP requests and answers as values.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace liggare::http {

struct Header {
  std::string name;
  std::string value;
  bool operator==(const Header&) const = default;
};

// The value of the first header of that name, upper and lower case alike; nothing where there is
// none.
std::optional<std::string_view> find_header(const std::vector<Header>& headers,
                                            std::string_view name);

struct Request {
  std::string method = "GET";
  std::string target;  // As sent: "/path?query", percent-encoded (parse_target in url.h).
  std::vector<Header> headers;
  std::string body;
  bool operator==(const Request&) const = default;
};

// Content-Length, Transfer-Encoding, Connection and Date are not for a handler to set.
struct Response {
  int status = 200;
  std::vector<Header> headers;
  std::string body;
  bool operator==(const Response&) const = default;
};

// Plain text in UTF-8.
Response text_response(int status, std::string body);

// "Not Found"; empty for a status without a name here.
std::string_view reason_of(int status);

// What a message read off the network may hold.
struct MessageLimits {
  std::size_t header_bytes_max = 16 * 1024;  // With the first line.
  std::size_t body_bytes_max = 1024 * 1024;
};

}  // namespace liggare::http
