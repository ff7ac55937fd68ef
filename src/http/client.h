// Sends one HTTP request and waits for its answer.
#pragma once

#include <chrono>
#include <string_view>

#include "base/result.h"
#include "http/message.h"

namespace liggare::http {

struct ClientOptions {
  std::chrono::milliseconds timeout{10'000};  // For all of it, but looking up the host's name.
  MessageLimits limits;
};

// The answer to `request`, whatever its status, over a connection of its own. What is asked for
// stands in `url` ("http://…" alone); `request.target` is not looked at. invalid_argument for a bad
// URL or header; io, naming the host, where nobody answers in time, or the answer is no HTTP, goes
// beyond the limits or breaks off: the request may have been carried out then. Redirects are
// answers like others.
Result<Response> send(std::string_view url, const Request& request,
                      const ClientOptions& options = {});

}  // namespace liggare::http
