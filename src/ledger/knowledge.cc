#include "ledger/knowledge.h"

#include "codec/record.h"
#include "ledger/restored_tree.h"

namespace liggare::ledger {
namespace {

// Recorded times never go back, so the first later one can be searched for.
Result<std::uint64_t> recorded_until(const store::EventLog& log, Instant instant) {
  std::uint64_t low = 0;
  std::uint64_t high = log.head().tree_size;
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    LIGGARE_TRY(const std::string bytes, log.record(middle));
    LIGGARE_TRY(const codec::RecordOutline outline, codec::outline_record(bytes, middle));
    if (outline.recorded <= instant) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

Result<std::uint64_t> size_of(const store::EventLog& log, const merkle::Checkpoint& checkpoint) {
  const std::string& origin = log.identity().origin;
  if (checkpoint.origin != origin) {
    return fail(ErrorCode::invalid_argument,
                "the checkpoint that --at names is of " + checkpoint.origin + ", not of " + origin);
  }
  const std::uint64_t size = checkpoint.head.tree_size;
  if (size <= log.head().tree_size) {
    LIGGARE_TRY(const Hash root, root_at(log, size));
    if (root == checkpoint.head.root_hash) return size;
  }
  return fail(ErrorCode::diverged, "the checkpoint that --at names, of " + std::to_string(size) +
                                       " events, is not of this ledger's events, which are " +
                                       std::to_string(log.head().tree_size) +
                                       ": find out which of the two is the true one");
}

}  // namespace

Result<std::uint64_t> size_at(const store::EventLog& log, const At& at) {
  const std::uint64_t size = log.head().tree_size;
  if (const auto* instant = std::get_if<Instant>(&at)) return recorded_until(log, *instant);
  if (const auto* signed_head = std::get_if<merkle::Checkpoint>(&at)) {
    return size_of(log, *signed_head);
  }
  if (const auto* wanted = std::get_if<std::uint64_t>(&at)) {
    if (*wanted > size) {
      return fail(ErrorCode::invalid_argument, "--at " + std::to_string(*wanted) +
                                                   " lies beyond the ledger, which has " +
                                                   std::to_string(size) + " events");
    }
    return *wanted;
  }
  return size;
}

}  // namespace liggare::ledger
