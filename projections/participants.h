// A participant's facts as rows: one table for each kind of fact, one row for each id.
#pragma once

#include <algorithm>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "domain/participant_facts.h"
#include "projection/projection.h"
#include "projection/row_source.h"

namespace liggare::projections {

template <class Fact>
struct FactTable;
template <>
struct FactTable<domain::ReferralFact> {
  static constexpr std::string_view name = "referrals";
};
template <>
struct FactTable<domain::EnrolmentFact> {
  static constexpr std::string_view name = "enrolments";
};
template <>
struct FactTable<domain::PlacementFact> {
  static constexpr std::string_view name = "placements";
};
template <>
struct FactTable<domain::LadderFact> {
  static constexpr std::string_view name = "progress";
};
template <>
struct FactTable<domain::ConsentFact> {
  static constexpr std::string_view name = "consents";
};
template <>
struct FactTable<domain::ShieldFact> {
  static constexpr std::string_view name = "shields";
};
template <>
struct FactTable<domain::DisclosureFact> {
  static constexpr std::string_view name = "disclosures";
};

template <class Fact>
struct FactRow {
  static constexpr std::string_view table = FactTable<Fact>::name;
  std::string participant;
  std::string id;  // Of the referral, enrolment …; of the ladder for progress.
  Fact fact;
  std::string key() const { return projection::joined_key(participant, id); }
  static constexpr auto fields() {
    return std::tuple{domain::id("participant", &FactRow::participant),
                      domain::id("id", &FactRow::id), domain::value("fact", &FactRow::fact)};
  }
};

using ReferralRow = FactRow<domain::ReferralFact>;
using EnrolmentRow = FactRow<domain::EnrolmentFact>;
using PlacementRow = FactRow<domain::PlacementFact>;
using ProgressRow = FactRow<domain::LadderFact>;
using ConsentRow = FactRow<domain::ConsentFact>;
using ShieldRow = FactRow<domain::ShieldFact>;
using DisclosureRow = FactRow<domain::DisclosureFact>;

// The days on which a participant moved on any ladder, in order.
struct MovementsRow {
  static constexpr std::string_view table = "movements";
  std::string participant;
  std::vector<Day> days;
  std::string key() const { return participant; }
  static constexpr auto fields() {
    return std::tuple{domain::id("participant", &MovementsRow::participant),
                      domain::value("days", &MovementsRow::days)};
  }
};

// The days of a participant's referral and enrolment events, in order: the span of the report
// `flow`.
struct FlowDaysRow {
  static constexpr std::string_view table = "flow-days";
  std::string participant;
  std::vector<Day> days;
  std::string key() const { return participant; }
  static constexpr auto fields() {
    return std::tuple{domain::id("participant", &FlowDaysRow::participant),
                      domain::value("days", &FlowDaysRow::days)};
  }
};

// Rows in the order of their keys, as rows_of gives them: those of one participant.
template <class Row>
std::span<const Row> rows_for(const std::vector<Row>& rows, std::string_view participant) {
  const auto [first, last] = std::equal_range(
      rows.begin(), rows.end(), participant, [](const auto& left, const auto& right) {
        if constexpr (std::is_same_v<std::decay_t<decltype(left)>, Row>) {
          return left.participant < right;
        } else {
          return left < right.participant;
        }
      });
  return {first, last};
}

// Where those of some participants who have moved on a ladder stood on a day.
using Participants = std::unordered_set<std::string_view>;
using Standings = std::map<std::string, domain::LadderStanding, std::less<>>;  // By participant.
Result<Standings> standings_on(const projection::RowSource& rows, std::string_view ladder, Day day,
                               const Participants& participants);

projection::Projection referrals_projection();
projection::Projection enrolments_projection();
projection::Projection placements_projection();
projection::Projection progress_projection();
projection::Projection consents_projection();
projection::Projection disclosures_projection();

}  // namespace liggare::projections
