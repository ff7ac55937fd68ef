#include <optional>

#include "http/characters.h"
#include "http/parser.h"
#include "tests/fuzz/targets.h"

namespace liggare::fuzz {
namespace {

using http::Reading;
using http::Request;

constexpr http::MessageLimits limits{1'000, 1'000};

struct Understood {
  Request request;
  std::size_t left = 0;  // Bytes that belong to the next request.
  bool keeps_alive = false;
  bool operator==(const Understood&) const = default;
};

// Nothing where the first request in `bytes` is refused or does not end.
std::optional<Understood> understood(std::string_view bytes, std::size_t piece_bytes) {
  http::RequestParser parser(limits);
  std::string input;
  while (!bytes.empty()) {
    const std::string_view piece = bytes.substr(0, piece_bytes);
    bytes.remove_prefix(piece.size());
    input += piece;
    const Reading reading = parser.read(input);
    if (reading == Reading::refused) {
      LIGGARE_ASSERT(parser.refusal() >= 400 && parser.refusal() < 600, "a refusal that is none");
      return std::nullopt;
    }
    if (reading != Reading::complete) continue;
    const bool keeps_alive = parser.keeps_alive();
    return Understood{parser.take(), input.size() + bytes.size(), keeps_alive};
  }
  return std::nullopt;
}

void look_into(const Request& request) {
  LIGGARE_ASSERT(request.target == "*" || request.target.starts_with('/'), "a strange target");
  LIGGARE_ASSERT(request.body.size() <= limits.body_bytes_max, "a body beyond the limit");
  for (const http::Header& header : request.headers) {
    LIGGARE_ASSERT(http::is_token(header.name), "a header whose name is none");
    LIGGARE_ASSERT(http::is_header_value(header.value), "a header that may hold another one");
  }
}

}  // namespace

// The first byte says in pieces of what size the others come. What is refused whole may wait for
// more in pieces, but nobody may understand another request.
void http_request(std::string_view input) {
  if (input.empty()) return;
  const std::string_view bytes = input.substr(1);
  const auto whole = understood(bytes, bytes.size());
  const auto in_pieces = understood(bytes, static_cast<unsigned char>(input.front()) % 16 + 1U);
  LIGGARE_ASSERT(whole == in_pieces, "a request of two meanings");
  if (whole) look_into(whole->request);
}

}  // namespace liggare::fuzz
