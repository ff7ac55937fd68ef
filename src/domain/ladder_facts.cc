#include "domain/ladder_facts.h"

namespace liggare::domain {

bool has_criterion(std::span<const AmendedEvent> ladder, std::string_view criterion) {
  for (const AmendedEvent& event : ladder) {
    const auto* version = std::get_if<LadderPublished>(event.data.get());
    if (version == nullptr) continue;
    for (const LadderStep& step : version->steps) {
      for (const Criterion& known : step.criteria) {
        if (known.criterion == criterion) return true;
      }
    }
  }
  return false;
}

const LadderPublished* version_on(std::span<const AmendedEvent> ladder, Day day) {
  const LadderPublished* newest = nullptr;
  for (const AmendedEvent& event : ladder) {
    const auto* version = std::get_if<LadderPublished>(event.data.get());
    if (version == nullptr || event.effective > day) continue;
    if (newest == nullptr || version->ladder_version > newest->ladder_version) newest = version;
  }
  return newest;
}

const LadderStep* step_of(const LadderPublished& version, std::int64_t step) {
  for (const LadderStep& candidate : version.steps) {
    if (candidate.step == step) return &candidate;
  }
  return nullptr;
}

}  // namespace liggare::domain
