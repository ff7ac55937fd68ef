#include "domain/value_rules.h"

namespace liggare::domain {
namespace {

using Path = std::optional<std::string>;

std::string element(const char* list, std::size_t index, const char* member) {
  return std::string(list) + "[" + std::to_string(index) + "]" + member;
}

struct ValueRules {
  Path operator()(const TargetSet& data) const { return scope(data.scope); }
  Path operator()(const FigurePublished& data) const { return scope(data.scope); }
  // Steps are numbered 1, 2, … in order.
  Path operator()(const LadderPublished& data) const {
    for (std::size_t i = 0; i < data.steps.size(); ++i) {
      if (data.steps[i].step != static_cast<std::int64_t>(i) + 1)
        return element(".steps", i, ".step");
    }
    return std::nullopt;
  }
  // The instrument BIP is scored 1–5.
  Path operator()(const AssessmentRecorded& data) const {
    if (data.instrument != "BIP") return std::nullopt;
    for (std::size_t i = 0; i < data.scores.size(); ++i) {
      const std::int64_t score = data.scores[i].score;
      if (score < 1 || score > 5) return element(".scores", i, ".score");
    }
    return std::nullopt;
  }
  Path operator()(const RetentionAdopted& data) const {
    return data.months <= retention_months_max ? std::nullopt : Path(".months");
  }
  template <class Other>
  Path operator()(const Other&) const {
    return std::nullopt;
  }

 private:
  // "all" is only ever true.
  static Path scope(const Scope& scope) {
    if (scope.all && !*scope.all) return ".scope.all";
    return std::nullopt;
  }
};

}  // namespace

std::optional<std::string> invalid_value(const Payload& data) {
  return std::visit(ValueRules{}, data);
}

}  // namespace liggare::domain
