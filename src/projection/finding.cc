#include "projection/finding.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace liggare::projection {

Json findings_json(std::vector<Finding> findings) {
  std::stable_sort(findings.begin(), findings.end(), [](const Finding& left, const Finding& right) {
    return std::tie(left.code, left.subject, left.events.front()) <
           std::tie(right.code, right.subject, right.events.front());
  });
  Json list = Json::array();
  for (Finding& finding : findings) {
    Json json = Json::object()
                    .add("code", std::move(finding.code))
                    .add("subject", std::move(finding.subject))
                    .add("events", Json::list(std::move(finding.events)));
    for (const auto& [name, value] : *finding.more.as_object()) json.add(name, value);
    list.push(std::move(json));
  }
  return list;
}

}  // namespace liggare::projection
