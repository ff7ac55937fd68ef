#include "http/client.h"

#include <fmt/format.h>

#include <memory>

#include "http/parser.h"
#include "http/printer.h"
#include "http/socket.h"
#include "http/url.h"

namespace liggare::http {
namespace {

// Of "103 Early Hints" and its like, which nobody here asked for.
constexpr int interim_answers_max = 8;

Result<Response> receive(Socket& socket, std::string_view method, const MessageLimits& limits) {
  std::string input;
  for (int interim = 0; interim <= interim_answers_max; ++interim) {
    ResponseParser parser(limits, method);
    Reading reading = parser.read(input);
    while (reading == Reading::header || reading == Reading::body) {
      LIGGARE_TRY(const std::string bytes, socket.receive());
      input += bytes;
      reading = bytes.empty() ? parser.end() : parser.read(input);
    }
    if (reading == Reading::refused) {
      return fail(ErrorCode::io, "the answer was refused: " + parser.refusal());
    }
    Response response = parser.take();
    if (response.status >= 200) return response;
  }
  return fail(ErrorCode::io, "the answer was refused: it never gets to the point");
}

Result<Response> exchange(const Url& url, const std::string& head, const Request& request,
                          const ClientOptions& options) {
  const auto deadline = std::chrono::steady_clock::now() + options.timeout;
  LIGGARE_TRY(Socket socket, Socket::connect(url, deadline));
  // A server that refuses the request may close before it has read all of it, and has answered.
  const auto sent = socket.send(head + request.body);
  auto response = receive(socket, request.method, options.limits);
  if (!response && !sent) return Unexpected{sent.error()};
  return response;
}

}  // namespace

Result<Response> send(std::string_view url, const Request& request, const ClientOptions& options) {
  LIGGARE_TRY(const Url target, parse_url(url));
  LIGGARE_TRY(const std::string head, print_head(request, target));
  auto response = exchange(target, head, request, options);
  if (response) return response;
  return fail(ErrorCode::io, fmt::format("cannot get an answer from {}: {}", target.authority(),
                                         response.error().message));
}

}  // namespace liggare::http
