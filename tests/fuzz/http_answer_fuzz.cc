#include <optional>

#include "http/parser.h"
#include "http/printer.h"
#include "tests/fuzz/targets.h"

namespace liggare::fuzz {
namespace {

using http::Reading;
using http::Response;

// Nothing where the answer is refused or breaks off.
std::optional<Response> understood(std::string_view bytes, std::size_t piece_bytes,
                                   std::string_view method) {
  http::ResponseParser parser({1'000, 1'000}, method);
  std::string input;
  Reading reading = Reading::header;
  while (!bytes.empty() && reading != Reading::complete) {
    const std::string_view piece = bytes.substr(0, piece_bytes);
    bytes.remove_prefix(piece.size());
    input += piece;
    reading = parser.read(input);
    if (reading == Reading::refused) {
      LIGGARE_ASSERT(!parser.refusal().empty(), "a refusal without a word");
      return std::nullopt;
    }
  }
  if (reading != Reading::complete && parser.end() != Reading::complete) return std::nullopt;
  return parser.take();
}

// What the printer sets itself.
bool is_printers(const http::Header& header) {
  return !http::print_head(Response{200, {header}, ""}, http::AfterAnswer::close, {}).has_value();
}

// As a server of ours would send it on.
void send_on(Response response) {
  if (response.status < 200 || response.status > 599) return;
  std::erase_if(response.headers, is_printers);
  auto bytes = http::print_head(response, http::AfterAnswer::close, {});
  LIGGARE_ASSERT(bytes, "headers that were read and cannot be printed");
  if (!http::sends_body("GET", response.status)) response.body.clear();
  auto again = understood(*bytes + response.body, bytes->size() + response.body.size(), "GET");
  LIGGARE_ASSERT(again, "an answer of ours that we do not read");
  std::erase_if(again->headers, is_printers);
  LIGGARE_ASSERT(*again == response, "an answer that printing changes");
}

}  // namespace

// The first byte says in pieces of what size the others come, and what was asked.
void http_answer(std::string_view input) {
  if (input.empty()) return;
  const auto first = static_cast<unsigned char>(input.front());
  const std::string_view method = first >= 128 ? "HEAD" : "GET";
  const std::string_view bytes = input.substr(1);
  const auto whole = understood(bytes, bytes.size(), method);
  const auto in_pieces = understood(bytes, first % 16 + 1U, method);
  if (whole && in_pieces) LIGGARE_ASSERT(*whole == *in_pieces, "an answer of two meanings");
  if (whole) send_on(*whole);
}

}  // namespace liggare::fuzz
