#include <fmt/format.h>

#include "http/url.h"
#include "tests/fuzz/targets.h"

namespace liggare::fuzz {
namespace {

// Every character but the slashes.
std::string percent_encoded(std::string_view path) {
  std::string text;
  for (const char character : path) {
    if (character == '/') {
      text += '/';
    } else {
      text += fmt::format("%{:02x}", static_cast<unsigned char>(character));
    }
  }
  return text;
}

void look_into(const http::Target& target) {
  const std::string rooted = target.path + "/";
  LIGGARE_ASSERT(target.path.starts_with('/'), "a path without a root");
  LIGGARE_ASSERT(rooted.find("/../") == std::string::npos, "a path that climbs");
  LIGGARE_ASSERT(target.path.find("//") == std::string::npos, "a path with a nameless folder");
  const auto again = http::parse_target(percent_encoded(target.path) + "?" + target.query);
  LIGGARE_ASSERT(again && *again == target, "a target that two readings change");
}

}  // namespace

void url(std::string_view input) {
  if (const auto read = http::parse_url(input)) {
    const auto again = http::parse_url("http://" + read->authority() + read->target);
    LIGGARE_ASSERT(again && *again == *read, "a URL that its own text changes");
  }
  if (const auto target = http::parse_target(input)) look_into(*target);
  if (const auto decoded = http::percent_decode(input)) {
    const auto again = http::percent_decode(percent_encoded(*decoded));
    LIGGARE_ASSERT(again && *again == *decoded, "a text that encoding changes");
  }
}

}  // namespace liggare::fuzz
