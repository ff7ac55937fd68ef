#include "audit/statement.h"

#include <array>

#include "base/clock.h"

namespace liggare::audit {
namespace {

constexpr auto names = std::to_array<std::string_view>({
    "shows-stream",      "shows-no-stream",     "shows-later",       "shows-disclosed",
    "shows-event",       "shows-leaf",          "shows-ledger",      "shows-growth",
    "shows-same-tree",   "shows-checkpoint",    "key-from",          "key-given",
    "policy-from",       "cosigned-by",         "append-only-since", "complete-by-seal",
    "absent-by-seal",    "files-as-listed",     "checkpoint-signed", "quorum-met",
    "leaf-included",     "leaves-included",     "seal-included",     "directory-proven",
    "absence-proven",    "versions-whole",      "text-as-leaves",    "answer-as-published",
    "sections-opened",   "consistent",          "tiles-whole",       "further-tiles-agree",
    "only-seal-after",   "witnesses-not-asked", "other-signatures",  "older-cosignatures",
    "older-not-asked",   "extra-unsigned",      "leaf-not-decoded",  "leaf-of-newer",
    "only-this-event",   "rules-not-checked",   "sections-sealed",   "others-sealed",
    "right-to-disclose", "seal-is-claim",       "after-seal",        "shown-after-seal",
    "informative-files", "answer-not-shown",    "beyond-checkpoint", "other-files",
    "events-not-shown",
});
static_assert(names.size() == statement_count);

// The first second of the year 10000.
constexpr std::uint64_t posix_seconds_end = 253'402'300'800;

}  // namespace

std::string_view name_of(Statement statement) { return names[static_cast<std::size_t>(statement)]; }

std::string time_text(std::uint64_t posix_seconds) {
  if (posix_seconds >= posix_seconds_end) return std::to_string(posix_seconds) + " s";
  const std::string text = Instant{static_cast<std::int64_t>(posix_seconds) * 1'000'000}.text();
  return text.substr(0, 10) + " " + text.substr(11, 8) + " UTC";
}

std::string minute_text(std::uint64_t posix_seconds) {
  std::string text = time_text(posix_seconds);
  if (posix_seconds < posix_seconds_end) text.erase(16, 3);
  return text;
}

}  // namespace liggare::audit
