#include "inspect/finding_list.h"

#include <algorithm>
#include <utility>

#include "base/assertion.h"
#include "base/bytes.h"
#include "inspect/finding_codes.h"

namespace liggare::inspect {
namespace {

constexpr std::size_t printable_bytes_max = 100;

bool is_plain(char c) { return c > ' ' && c < '\x7f'; }

}  // namespace

void FindingList::add(FindingOrder order, Finding finding) {
  LIGGARE_ASSERT(is_finding_code(finding.code), "a finding of a code that has no name");
  const std::lock_guard lock(mutex_);
  has_damage_ = has_damage_ || order.part != Part::checkpoints;
  kept_.emplace(order, std::move(finding));
  if (kept_.size() <= kept_max_) return;
  kept_.erase(std::prev(kept_.end()));
  ++not_kept_;
}

void FindingList::add_damaged_file(const std::string& place, const std::string& found) {
  {
    const std::lock_guard lock(mutex_);
    if (!damaged_files_.insert(place).second) {
      tell_instead(place, found);
      return;
    }
  }
  add({Part::files}, {"file-damaged", place, "the bytes that were written", found});
}

// Whichever thread was first, the same is told.
void FindingList::tell_instead(const std::string& place, const std::string& found) {
  const auto [begin, end] = kept_.equal_range({Part::files});
  for (auto kept = begin; kept != end; ++kept) {
    Finding& finding = kept->second;
    if (finding.place != place || finding.found == other_checksum) continue;
    finding.found = found == other_checksum ? found : std::min(found, finding.found);
  }
}

Result<void> FindingList::take(const Error& error) {
  if (error.code != ErrorCode::corrupt) return Unexpected{error};
  add_damaged_file(place_named_in(error.message), error.message);
  return {};
}

std::vector<Finding> FindingList::kept() const {
  const std::lock_guard lock(mutex_);
  std::vector<Finding> findings;
  findings.reserve(kept_.size());
  for (const auto& [order, finding] : kept_) findings.push_back(finding);
  return findings;
}

std::uint64_t FindingList::not_kept() const {
  const std::lock_guard lock(mutex_);
  return not_kept_;
}

bool FindingList::has_damage() const {
  const std::lock_guard lock(mutex_);
  return has_damage_;
}

std::string place_named_in(const std::string& message) {
  const auto begin = message.find("log/");
  if (begin != std::string::npos) {
    const auto end = message.find_first_of(" :;,'\"", begin);
    return message.substr(begin, end == std::string::npos ? end : end - begin);
  }
  return message.find("HEAD") != std::string::npos ? "HEAD" : "log";
}

std::string printable(std::string_view bytes) {
  const auto shown = bytes.substr(0, printable_bytes_max);
  std::string text =
      std::ranges::all_of(shown, is_plain) ? std::string(shown) : "0x" + to_hex(shown);
  if (shown.size() < bytes.size()) text += "…";
  return text;
}

}  // namespace liggare::inspect
