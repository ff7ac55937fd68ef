#include "http/url.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <vector>

#include "http/characters.h"

namespace liggare::http {
namespace {

Unexpected<Error> bad(std::string message) {
  return fail(ErrorCode::invalid_argument, std::move(message));
}

bool is_visible(char character) { return character > ' ' && character < '\x7f'; }

bool is_host_character(char character) {
  return is_token(std::string_view(&character, 1)) && character != '%';
}

int hex_digit(char character) {
  if (is_digit(character)) return character - '0';
  if (character >= 'a' && character <= 'f') return character - 'a' + 10;
  if (character >= 'A' && character <= 'F') return character - 'A' + 10;
  return -1;
}

// Takes the host off the front of `authority`.
Result<std::string> take_host(std::string_view& authority) {
  if (authority.starts_with('[')) {
    const std::size_t end = std::min(authority.find(']'), authority.size());
    const std::string host(authority.substr(1, end - 1));
    if (end == authority.size() ||
        host.find_first_not_of("0123456789abcdefABCDEF:.") != std::string::npos) {
      return bad("an IPv6 address that does not end");
    }
    authority.remove_prefix(end + 1);
    return host;
  }
  const std::size_t end = std::min(authority.find(':'), authority.size());
  const std::string host(authority.substr(0, end));
  authority.remove_prefix(end);
  if (!std::all_of(host.begin(), host.end(), is_host_character)) return bad("a bad host name");
  return host;
}

Result<std::uint16_t> read_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc{} || end != text.data() + text.size() || port == 0) {
    return bad("a bad port");
  }
  return port;
}

Result<Url> read_url(std::string_view text) {
  static constexpr std::string_view scheme = "http://";
  if (!text.starts_with(scheme)) return bad("it does not begin with http://");
  if (!std::all_of(text.begin(), text.end(), is_visible)) return bad("characters to encode");
  text.remove_prefix(scheme.size());
  if (text.find('#') != std::string_view::npos) return bad("a fragment");

  const std::size_t end = std::min(text.find_first_of("/?"), text.size());
  std::string_view authority = text.substr(0, end);
  Url url;
  LIGGARE_TRY(url.host, take_host(authority));
  if (url.host.empty()) return bad("no host");
  if (authority.starts_with(':')) {
    LIGGARE_TRY(url.port, read_port(authority.substr(1)));
  } else if (!authority.empty()) {
    return bad("something behind the host");
  }
  const std::string_view rest = text.substr(end);
  url.target = rest.starts_with('/') ? std::string(rest) : "/" + std::string(rest);
  return url;
}

// Whether a name may stand in a path once it is decoded: nothing that a file system, a log or a
// second decoder could read as more than a name.
bool is_harmless(std::string_view name) {
  return std::none_of(name.begin(), name.end(), [](char character) {
    const auto byte = static_cast<unsigned char>(character);
    return character == '/' || character == '\\' || byte < 0x20 || byte == 0x7f;
  });
}

Result<std::string> normalise(std::string_view path) {
  std::vector<std::string> names;
  bool ends_in_slash = false;
  while (!path.empty()) {
    path.remove_prefix(1);
    const std::size_t end = std::min(path.find('/'), path.size());
    LIGGARE_TRY(std::string name, percent_decode(path.substr(0, end)));
    path.remove_prefix(end);
    if (!is_harmless(name)) return bad("a hidden character in the path");
    ends_in_slash = name.empty() || name == "." || name == "..";
    if (name == ".." && names.empty()) return bad("a path above the root");
    if (name == "..") names.pop_back();
    if (!ends_in_slash) names.push_back(std::move(name));
  }
  std::string normal;
  for (const std::string& name : names) normal += "/" + name;
  if (ends_in_slash || normal.empty()) normal += "/";
  return normal;
}

}  // namespace

std::string Url::authority() const {
  const bool is_ipv6 = host.find(':') != std::string::npos;
  const std::string name = is_ipv6 ? "[" + host + "]" : host;
  return port == 80 ? name : fmt::format("{}:{}", name, port);
}

Result<Url> parse_url(std::string_view text) {
  auto url = read_url(text);
  if (!url) return bad("not a URL that can be sent to: " + url.error().message);
  return url;
}

Result<Target> parse_target(std::string_view text) {
  if (!text.starts_with('/')) return bad("the target does not begin with a slash");
  if (text.find('#') != std::string_view::npos) return bad("a fragment in the target");
  const std::size_t end = std::min(text.find('?'), text.size());
  LIGGARE_TRY(std::string path, normalise(text.substr(0, end)));
  return Target{std::move(path), std::string(text.substr(std::min(end + 1, text.size())))};
}

Result<std::string> percent_decode(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '%') {
      decoded += text[at];
      continue;
    }
    const int high = at + 2 < text.size() ? hex_digit(text[at + 1]) : -1;
    const int low = at + 2 < text.size() ? hex_digit(text[at + 2]) : -1;
    if (high < 0 || low < 0) return bad("a percent sign without two hexadecimal digits");
    decoded += static_cast<char>(high * 16 + low);
    at += 2;
  }
  return decoded;
}

}  // namespace liggare::http
