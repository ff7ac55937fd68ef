#include "ledger/knowledge.h"

#include "codec/record.h"

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

}  // namespace

Result<std::uint64_t> size_at(const store::EventLog& log, const At& at) {
  const std::uint64_t size = log.head().tree_size;
  if (const auto* instant = std::get_if<Instant>(&at)) return recorded_until(log, *instant);
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
