#include "tests/inspect/served.h"

#include <fmt/format.h>

#include "inspect/verify.h"
#include "store/event_log.h"

namespace liggare::inspect {

namespace fs = std::filesystem;

std::optional<merkle::TreeHead> served(const fs::path& folder) {
  const auto log = store::EventLog::open({folder, store::Access::read_only});
  if (!log) return std::nullopt;
  merkle::Frontier frontier;
  std::vector<merkle::Node> ignored;
  const auto read = [&](std::uint64_t, std::string_view bytes) {
    ignored.clear();
    frontier.append(merkle::leaf_hash(bytes), ignored);
    return Result<void>();
  };
  if (!(*log)->scan({0, (*log)->head().tree_size}, read)) return std::nullopt;
  if (frontier.head() != (*log)->head()) return std::nullopt;
  return frontier.head();
}

Verdict judge(const fs::path& folder, const merkle::TreeHead& whole) {
  const auto report = verify({folder, 1, nullptr});
  if (!report) {
    fmt::print("{}: {}\n", name_of(report.error().code), report.error().message);
    return Verdict::unnoticed;
  }
  if (!report->findings.empty()) return Verdict::found;
  return served(folder) == whole ? Verdict::harmless : Verdict::unnoticed;
}

}  // namespace liggare::inspect
