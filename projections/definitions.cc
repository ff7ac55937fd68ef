#include "projections/definitions.h"

#include <fmt/format.h>

namespace liggare::projections {
namespace {

using domain::StreamKind;

void fold_definitions(const projection::StreamStory& story, projection::RowSink& sink) {
  for (const domain::AmendedEvent& event : story.timeline) {
    if (const auto* policy = std::get_if<domain::PolicyAdopted>(event.data.get())) {
      sink.put(PolicyRow{event.effective, static_cast<std::int64_t>(event.event->position),
                         policy->parameters});
    } else if (const auto* ladder = std::get_if<domain::LadderPublished>(event.data.get())) {
      sink.put(LadderRow{story.subject.id, event.effective, *ladder});
    } else if (const auto* basis = std::get_if<domain::BasisAdopted>(event.data.get())) {
      sink.put(BasisRow{story.subject.id, *basis});
    } else if (const auto* unit = std::get_if<domain::UnitRegistered>(event.data.get())) {
      sink.put(UnitRow{story.subject.id, unit->kind});
    }
  }
}

void change(std::int64_t& parameter, const std::optional<std::int64_t>& named) {
  if (named) parameter = *named;
}

}  // namespace

std::string PolicyRow::key() const {
  return projection::joined_key(effective.text(), fmt::format("{:020}", position));
}

std::string LadderRow::key() const {
  return projection::joined_key(ladder, fmt::format("{:020}", version.ladder_version));
}

Result<Policies> Policies::read(const projection::RowSource& rows) {
  Policies policies;
  LIGGARE_TRY(policies.rows_, projection::rows_of<PolicyRow>(rows));
  return policies;
}

Policy Policies::on(Day day) const {
  Policy policy;
  for (const PolicyRow& row : rows_) {
    if (row.effective > day) break;
    change(policy.months, row.parameters.months);
    change(policy.extension_months, row.parameters.extension_months);
    change(policy.stall_days, row.parameters.stall_days);
    change(policy.late_days, row.parameters.late_days);
    change(policy.small_cell, row.parameters.small_cell);
  }
  return policy;
}

Result<std::optional<domain::LadderPublished>> ladder_on(const projection::RowSource& rows,
                                                         std::string_view ladder, Day day) {
  LIGGARE_TRY(const auto versions, projection::rows_of<LadderRow>(rows));
  std::optional<domain::LadderPublished> newest;
  for (const LadderRow& row : versions) {
    if (row.ladder == ladder && row.effective <= day) newest = row.version;
  }
  return newest;
}

projection::Projection definitions_projection() {
  return {"definitions",
          1,
          {StreamKind::policy, StreamKind::ladder, StreamKind::basis, StreamKind::unit},
          {projection::table_of<BasisRow>(), projection::table_of<LadderRow>(),
           projection::table_of<PolicyRow>(), projection::table_of<UnitRow>()},
          fold_definitions};
}

}  // namespace liggare::projections
