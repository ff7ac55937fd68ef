// What went wrong, as a line for people or as an RFC 9457 problem object.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"
#include "base/result.h"
#include "tools/exit.h"

namespace liggare::tools {

struct Problem {
  std::string code;            // "not-found", or a refusal's code, "unknown-reference".
  std::string title;           // The same for every problem with this code.
  std::string detail;          // What, where, what stayed unchanged, what to do next.
  Json more = Json::object();  // Further members of the object, such as the event's id.
};

// `error` with the advice that belongs to its code.
Problem problem_of(const Error& error);
// A refusal: an event broke a rule, and `detail` says where.
Problem refusal(std::string_view code, std::string detail);

// "PROGRAM: CODE: detail\n"; line feeds and other control characters in `detail` are escaped.
std::string line_of(const Problem& problem, std::string_view program = "liggare");
// {"type", "title", "detail", "code", …}
Json json_of(const Problem& problem);

}  // namespace liggare::tools
