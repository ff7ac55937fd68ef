// The heads of messages as they are sent. Internal to http.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "http/message.h"
#include "http/url.h"

namespace liggare::http {

enum class AfterAnswer { keep, close };

// Whether the answer to a request of that method carries its body.
bool sends_body(std::string_view method, int status);

// Up to and with the empty line. invalid_argument where the status is not within 200 … 599, a
// header's name is no token or is one that only the server sets, or its value holds a line break
// or another control character; the message never holds a value.
Result<std::string> print_head(const Response& response, AfterAnswer after, Instant now);
// Asks for the connection to be closed. invalid_argument likewise; `request.target` is not looked
// at.
Result<std::string> print_head(const Request& request, const Url& url);

// "Sun, 22 Nov 2026 08:15:00 GMT" (RFC 9110, section 5.6.7).
std::string http_date(Instant instant);

}  // namespace liggare::http
