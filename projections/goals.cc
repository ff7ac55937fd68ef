#include "projections/goals.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "projections/measures.h"
#include "projections/public_forms.h"

namespace liggare::projections {
namespace {

using projection::Answer;
using projection::Question;
using projection::to_json;

std::string position_key(std::int64_t position) { return fmt::format("{:020}", position); }

void fold_goals(const projection::StreamStory& story, projection::RowSink& sink) {
  for (const domain::AmendedEvent& event : story.timeline) {
    const auto position = static_cast<std::int64_t>(event.event->position);
    if (const auto* set = std::get_if<domain::TargetSet>(event.data.get())) {
      sink.put(TargetRow{story.subject.id, position, event.effective, set->measure, set->scope,
                         set->from, set->to, set->value, set->baseline});
    } else if (const auto* figure = std::get_if<domain::FigurePublished>(event.data.get())) {
      sink.put(FigureRow{story.subject.id, position, event.effective, *figure});
    }
  }
}

// What the events say, less the baseline where one is given; null where they say nothing.
std::optional<std::int64_t> derived(const Measures& measures, const MeasureQuestion& question,
                                    std::optional<std::int64_t> baseline) {
  const auto count = measures.count(question);
  if (!count) return std::nullopt;
  return *count - baseline.value_or(0);
}

std::optional<std::int64_t> less(std::optional<std::int64_t> left, std::int64_t right) {
  if (!left) return std::nullopt;
  return *left - right;
}

Result<Answer> answer_targets(const Question& question) {
  LIGGARE_TRY(const auto targets, projection::rows_of<TargetRow>(question.rows));
  LIGGARE_TRY(const Measures measures, Measures::read(question.rows, question.as_of));
  // In force: the last on the target's timeline, whatever its from…to (contract P14).
  std::map<std::string_view, const TargetRow*> in_force;
  for (const TargetRow& target : targets) {
    if (target.effective > question.as_of) continue;
    const TargetRow*& current = in_force[target.target];
    if (current == nullptr || std::tie(current->effective, current->position) <
                                  std::tie(target.effective, target.position)) {
      current = &target;
    }
  }
  Answer answer;
  for (const auto& [id, target] : in_force) {
    const auto says = derived(measures, {target->measure, target->scope, target->from, target->to},
                              target->baseline);
    answer.rows.push(Json::object()
                         .add("target", id)
                         .add("measure", to_json(target->measure))
                         .add("scope", to_json(target->scope))
                         .add("from", target->from)
                         .add("to", target->to)
                         .add("value", target->value)
                         .add("baseline", target->baseline)
                         .add("derived", says)
                         .add("deviation", less(says, target->value)));
  }
  return answer;
}

Result<Answer> answer_reconcile(const Question& question) {
  LIGGARE_TRY(auto figures, projection::rows_of<FigureRow>(question.rows));
  LIGGARE_TRY(const Measures measures, Measures::read(question.rows, question.as_of));
  std::sort(figures.begin(), figures.end(), [](const FigureRow& left, const FigureRow& right) {
    return left.position < right.position;
  });
  Answer answer;
  for (const FigureRow& row : figures) {
    if (row.effective > question.as_of) continue;
    const domain::FigurePublished& figure = row.figure;
    const auto says =
        derived(measures, {figure.measure, figure.scope, figure.from, figure.to}, figure.baseline);
    answer.rows.push(Json::object()
                         .add("publication", row.publication)
                         .add("document", figure.document)
                         .add("section", figure.section)
                         .add("measure", to_json(figure.measure))
                         .add("scope", to_json(figure.scope))
                         .add("from", figure.from)
                         .add("to", figure.to)
                         .add("claimed", figure.value)
                         .add("baseline", figure.baseline)
                         .add("derived", says)
                         .add("difference", less(says, figure.value)));
  }
  return answer;
}

}  // namespace

std::string TargetRow::key() const {
  return projection::joined_key(target, position_key(position));
}
std::string FigureRow::key() const {
  return projection::joined_key(publication, position_key(position));
}

projection::Projection goals_projection() {
  return {"goals",
          1,
          {domain::StreamKind::target, domain::StreamKind::publication},
          {projection::table_of<FigureRow>(), projection::table_of<TargetRow>()},
          fold_goals};
}

projection::Report targets_report() {
  return {"targets",
          {},
          {"target", "measure", "scope", "from", "to", "value", "baseline", "derived", "deviation"},
          1,
          {"goals", "places", "placements", "referrals"},
          answer_targets,
          public_measures};
}

projection::Report reconcile_report() {
  return {"reconcile",
          {},
          {"publication", "document", "section", "measure", "scope", "from", "to", "claimed",
           "baseline", "derived", "difference"},
          7,
          {"goals", "places", "placements", "referrals"},
          answer_reconcile,
          public_measures};
}

}  // namespace liggare::projections
