#include "audit/outcome.h"

#include <algorithm>
#include <array>
#include <utility>

namespace liggare::audit {
namespace {

struct NamedReason {
  Verdict verdict;
  std::string_view name;
};
constexpr auto reasons = std::to_array<NamedReason>({
    {Verdict::cannot_tell, "malformed"},
    {Verdict::cannot_tell, "missing"},
    {Verdict::cannot_tell, "unreadable"},
    {Verdict::cannot_tell, "unsupported"},
    {Verdict::cannot_tell, "unknown-file"},
    {Verdict::cannot_tell, "not-signed"},
    {Verdict::cannot_tell, "not-cosigned"},
    {Verdict::cannot_tell, "key-from-inside"},
    {Verdict::cannot_tell, "not-comparable"},
    {Verdict::tampered, "bad-signature"},
    {Verdict::tampered, "file-differs"},
    {Verdict::tampered, "file-unlisted"},
    {Verdict::tampered, "file-gone"},
    {Verdict::tampered, "not-in-tree"},
    {Verdict::tampered, "other-checkpoint"},
    {Verdict::tampered, "other-position"},
    {Verdict::tampered, "other-stream"},
    {Verdict::tampered, "incomplete"},
    {Verdict::tampered, "not-as-sealed"},
    {Verdict::tampered, "bad-seal"},
    {Verdict::tampered, "text-differs"},
    {Verdict::tampered, "answer-differs"},
    {Verdict::tampered, "disclosed-differs"},
    {Verdict::tampered, "tile-differs"},
    {Verdict::tampered, "root-differs"},
    {Verdict::tampered, "forked"},
    {Verdict::tampered, "rewritten"},
});
static_assert(reasons.size() == reason_count);

const NamedReason& named(Reason reason) { return reasons[static_cast<std::size_t>(reason)]; }

Reason reason_of(ErrorCode code, Reason when_corrupt) {
  switch (code) {
    case ErrorCode::corrupt:
    case ErrorCode::diverged:
      return when_corrupt;
    case ErrorCode::not_found:
      return Reason::missing;
    case ErrorCode::unsupported:
      return Reason::unsupported;
    case ErrorCode::invalid_argument:
      return Reason::malformed;
    case ErrorCode::io:
    case ErrorCode::busy:
    case ErrorCode::vault_unavailable:
    case ErrorCode::unknown_outcome:
    case ErrorCode::denied:
    case ErrorCode::fenced:
      return Reason::unreadable;
  }
  return Reason::unreadable;
}

void add_once(std::vector<Remark>& remarks, Remark remark) {
  if (std::find(remarks.begin(), remarks.end(), remark) == remarks.end()) {
    remarks.push_back(std::move(remark));
  }
}

}  // namespace

std::string_view name_of(Verdict verdict) {
  constexpr auto names = std::to_array<std::string_view>({"verified", "tampered", "cannot-tell"});
  return names[static_cast<std::size_t>(verdict)];
}

std::string_view name_of(Reason reason) { return named(reason).name; }
Verdict verdict_of(Reason reason) { return named(reason).verdict; }

Unexpected<Refusal> refuse(Reason reason, Place place, Detail detail) {
  return Unexpected<Refusal>{{reason, std::move(place), std::move(detail)}};
}

Unexpected<Refusal> refuse(const Error& error, Reason when_corrupt, Place place) {
  return refuse(reason_of(error.code, when_corrupt), std::move(place),
                {Circumstance::message, {error.message}});
}

std::string Place::text() const {
  if (file.empty()) return "the command line";
  return line == 0 ? file : file + " line " + std::to_string(line);
}

void Outcome::shows(Statement statement, std::vector<std::string> values) {
  add_once(shown, {statement, std::move(values)});
}
void Outcome::rests_on(Statement statement, std::vector<std::string> values) {
  add_once(trust, {statement, std::move(values)});
}
void Outcome::has_checked(Statement statement, std::vector<std::string> values) {
  add_once(checked, {statement, std::move(values)});
}
void Outcome::has_not_checked(Statement statement, std::vector<std::string> values) {
  add_once(not_checked, {statement, std::move(values)});
}

}  // namespace liggare::audit
