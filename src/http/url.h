// The addresses of HTTP: URLs to send to, and the targets of requests that came.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace liggare::http {

struct Url {
  std::string host;  // A name or an address; of IPv6 without its brackets.
  std::uint16_t port = 80;
  std::string target = "/";  // Path and query, percent-encoded as given.

  // As the Host header has it: "example.org", "[::1]:8080".
  std::string authority() const;
  bool operator==(const Url&) const = default;
};

// "http://host[:port][/path][?query]". invalid_argument for anything else: https and other schemes,
// user names, fragments, characters that have to be encoded.
Result<Url> parse_url(std::string_view text);

// What a request asks for. Its bytes are the client's, and need not be UTF-8.
struct Target {
  std::string path;   // "/a/b": decoded; "." and ".." are resolved, doubled slashes made one.
  std::string query;  // What stands behind the first "?", still encoded.
  bool operator==(const Target&) const = default;
};

// invalid_argument where `text` does not begin with a slash, has a bad percent sign, leads above
// the root, or hides a slash, a backslash or a control character.
Result<Target> parse_target(std::string_view text);

// Decodes %41 to A, once. invalid_argument where two hexadecimal digits do not follow.
Result<std::string> percent_decode(std::string_view text);

}  // namespace liggare::http
