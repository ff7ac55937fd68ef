#include "domain/unit_cycle.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace liggare::domain {
namespace {

struct ParentFact {
  Day from;
  std::string parent;
};
using Parents = std::vector<ParentFact>;

Parents parents_in(const Timeline& timeline) {
  Parents parents;
  for (const AmendedEvent& event : timeline) {
    if (const auto* registered = std::get_if<UnitRegistered>(event.data.get())) {
      if (registered->parent) parents.push_back({event.effective, *registered->parent});
    } else if (const auto* moved = std::get_if<UnitMoved>(event.data.get())) {
      parents.push_back({event.effective, moved->parent});
    }
  }
  return parents;
}

const std::string* parent_on(const Parents& parents, Day day) {
  const std::string* parent = nullptr;
  for (const ParentFact& fact : parents) {
    if (fact.from <= day) parent = &fact.parent;
  }
  return parent;
}

// Every unit that was ever above `unit`, itself included.
std::map<std::string, Parents> family_of(const std::string& unit, const Timeline& timeline,
                                         const OtherStreams& others, std::uint64_t size) {
  std::map<std::string, Parents> family{{unit, parents_in(timeline)}};
  std::vector<std::string> unread{unit};
  while (!unread.empty()) {
    const Parents parents = family.at(unread.back());
    unread.pop_back();
    for (const ParentFact& fact : parents) {
      if (family.contains(fact.parent)) continue;
      family[fact.parent] = parents_in(*others({StreamKind::unit, fact.parent}, size));
      unread.push_back(fact.parent);
    }
  }
  return family;
}

bool is_own_ancestor(const std::map<std::string, Parents>& family, const std::string& unit,
                     Day day) {
  std::set<std::string> seen;
  const std::string* above = parent_on(family.at(unit), day);
  while (above != nullptr && seen.insert(*above).second) {
    if (*above == unit) return true;
    above = parent_on(family.at(*above), day);
  }
  return false;
}

}  // namespace

std::optional<Rejection> check_cycle(const std::string& unit, const Timeline& timeline,
                                     const OtherStreams& others, std::uint64_t size) {
  const auto family = family_of(unit, timeline, others, size);
  std::set<Day> days;
  for (const auto& [member, parents] : family) {
    for (const ParentFact& fact : parents) days.insert(fact.from);
  }
  for (const Day day : days) {
    if (is_own_ancestor(family, unit, day)) {
      return Rejection{RejectionCode::cycle, unit + " on " + day.text()};
    }
  }
  return std::nullopt;
}

}  // namespace liggare::domain
