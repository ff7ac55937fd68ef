#include "tools/problem.h"

#include "tools/display_text.h"

namespace liggare::tools {
namespace {

struct Advice {
  std::string_view title;
  std::string_view next;  // What stayed unchanged and what to do; the message says it otherwise.
};

Advice advice_for(ErrorCode code) {
  switch (code) {
    case ErrorCode::not_found:
      return {"Not found", ""};
    case ErrorCode::invalid_argument:
      return {"Wrong usage", ""};
    case ErrorCode::corrupt:
      return {"The ledger is damaged",
              "; run liggare doctor to see what is damaged and what to do"};
    case ErrorCode::diverged:
      // Of a ledger, a backup, a witness: what to do differs, so the message says it.
      return {"Not the history that is known", ""};
    case ErrorCode::io:
      return {"Could not complete", ""};
    case ErrorCode::busy:
      return {"The ledger is in use", "; nothing was changed: wait, or stop that process"};
    case ErrorCode::vault_unavailable:
      return {"The vault is not available", "; nothing was written"};
    case ErrorCode::unknown_outcome:
      return {"The outcome is unknown",
              "; send the same events again: known ids answer as duplicates"};
    case ErrorCode::unsupported:
      return {"Written by a newer release", "; nothing was changed: use that release"};
    case ErrorCode::denied:
      return {"Denied", ""};
    case ErrorCode::fenced:
      return {"An erasure is under way", "; finish it first: liggare erase resume"};
  }
  LIGGARE_ASSERT(false, "an ErrorCode without advice");
  return {};
}

// What is damaged may be a backup, which the doctor of a ledger knows nothing of; and what sends to
// a backup has said what to do. The word, that is, and no folder of that name.
bool has_own_advice(const Error& error) {
  return error.code == ErrorCode::corrupt && error.message.find(" backup") != std::string::npos;
}

}  // namespace

Exit exit_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::invalid_argument:
      return Exit::usage;
    case ErrorCode::not_found:
      return Exit::not_found;
    case ErrorCode::corrupt:
    case ErrorCode::diverged:
      return Exit::finding;
    case ErrorCode::io:
    case ErrorCode::busy:
    case ErrorCode::vault_unavailable:
    case ErrorCode::unknown_outcome:
    case ErrorCode::unsupported:
      return Exit::incomplete;
    case ErrorCode::denied:
      return Exit::denied;
    case ErrorCode::fenced:
      return Exit::refused;
  }
  LIGGARE_ASSERT(false, "an ErrorCode without an exit code");
  return Exit::incomplete;
}

Problem problem_of(const Error& error) {
  const Advice advice = advice_for(error.code);
  const std::string_view next = has_own_advice(error) ? "" : advice.next;
  return {name_of(error.code), std::string(advice.title), error.message + std::string(next)};
}

Problem refusal(std::string_view code, std::string detail) {
  return {std::string(code), "Refused", std::move(detail)};
}

std::string line_of(const Problem& problem, std::string_view program) {
  return std::string(program) + ": " + problem.code + ": " + visible(problem.detail) + "\n";
}

Json json_of(const Problem& problem) {
  Json json = Json::object();
  json.add("type", "urn:liggare:problem:" + problem.code)
      .add("title", problem.title)
      .add("detail", problem.detail)
      .add("code", problem.code);
  for (const JsonMember& member : *problem.more.as_object()) json.add(member.first, member.second);
  return json;
}

}  // namespace liggare::tools
