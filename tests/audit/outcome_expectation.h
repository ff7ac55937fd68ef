// How tests read an outcome: its verdict, reason and place in one line, and what it says.
#pragma once

#include <algorithm>
#include <string>

#include "audit/outcome.h"

namespace liggare::audit {

// "verified", or "tampered not-in-tree leaves/2.leaf".
inline std::string summary(const Outcome& outcome) {
  std::string text(name_of(outcome.verdict()));
  if (!outcome.refusal) return text;
  return text + " " + std::string(name_of(outcome.refusal->reason)) + " " +
         outcome.refusal->place.text();
}

inline bool says(const std::vector<Remark>& remarks, Statement statement,
                 const std::vector<std::string>& values) {
  return std::find(remarks.begin(), remarks.end(), Remark{statement, values}) != remarks.end();
}
inline bool says(const std::vector<Remark>& remarks, Statement statement) {
  return std::any_of(remarks.begin(), remarks.end(),
                     [&](const Remark& remark) { return remark.statement == statement; });
}

}  // namespace liggare::audit
