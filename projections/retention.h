// The report `retention`: what of each participant must be erased or archived by when (contract,
// section 4, report 15).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/care_events.h"
#include "projection/projection.h"
#include "projection/report.h"

namespace liggare::projections {

// Personal data of one class: from the first event that had some, until they were erased.
struct HeldData {
  PersonalClass personal_class = PersonalClass::identity;
  Day from = Day::first();
  std::optional<Day> erased;
  static constexpr auto fields() {
    return std::tuple{domain::value("class", &HeldData::personal_class),
                      domain::value("from", &HeldData::from),
                      domain::value("erased", &HeldData::erased)};
  }
};

// Forbids erasure of these classes from `from` until before `to`.
struct HoldSpan {
  std::string hold;
  std::vector<PersonalClass> classes;
  Day from = Day::first();
  std::optional<Day> to;
  bool covers(PersonalClass personal_class, Day day) const;
  static constexpr auto fields() {
    return std::tuple{domain::id("hold", &HoldSpan::hold),
                      domain::value("classes", &HoldSpan::classes),
                      domain::value("from", &HoldSpan::from), domain::value("to", &HoldSpan::to)};
  }
};

// A participant who has, or has had, personal data.
struct RetainedRow {
  static constexpr std::string_view table = "retained";
  std::string participant;
  std::vector<HeldData> data;  // In the order of the events that began them.
  std::vector<HoldSpan> holds;
  std::vector<Day> days;  // Of the timeline's events, own commands left out; in order.
  std::string key() const { return participant; }
  static constexpr auto fields() {
    return std::tuple{domain::id("participant", &RetainedRow::participant),
                      domain::value("data", &RetainedRow::data),
                      domain::value("holds", &RetainedRow::holds),
                      domain::value("days", &RetainedRow::days)};
  }
};

// One adoption of a rule; the newest of a stream replaces those before it.
struct RetentionRuleRow {
  static constexpr std::string_view table = "retention-rules";
  std::string rule;
  Day effective = Day::first();
  std::int64_t position = 0;
  domain::RetentionAdopted adopted;
  std::string key() const;
  static constexpr auto fields() {
    return std::tuple{domain::id("rule", &RetentionRuleRow::rule),
                      domain::value("effective", &RetentionRuleRow::effective),
                      domain::integer("position", &RetentionRuleRow::position, 0),
                      domain::value("adopted", &RetentionRuleRow::adopted)};
  }
};

projection::Projection retention_projection();
projection::Report retention_report();

}  // namespace liggare::projections
