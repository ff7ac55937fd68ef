#include "projections/retention.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "projections/participants.h"

namespace liggare::projections {
namespace {

using domain::RetentionAction;
using domain::RetentionTrigger;
using domain::StreamKind;
using projection::Answer;
using projection::Question;
using projection::to_json;

// As the events were sent: what was corrected or voided is still stored, until it is erased.
std::vector<HeldData> held_data(std::span<const domain::RecordedEventPtr> events) {
  std::vector<HeldData> data;
  const auto open = [&](PersonalClass personal_class) {
    return std::find_if(data.begin(), data.end(), [&](const HeldData& held) {
      return held.personal_class == personal_class && !held.erased;
    });
  };
  for (const domain::RecordedEventPtr& event : events) {
    const Day day = event->event.effective;
    for (const PersonalClass each : event->event.personal.value_or(std::vector<PersonalClass>())) {
      const auto held = open(each);
      if (held == data.end()) {
        data.push_back({each, day, std::nullopt});
      } else {
        held->from = std::min(held->from, day);
      }
    }
    const auto* erasure = std::get_if<domain::ErasureExecuted>(&event->event.data);
    if (erasure == nullptr || !erasure->classes) continue;
    for (const PersonalClass each : *erasure->classes) {
      if (const auto held = open(each); held != data.end()) held->erased = day;
    }
  }
  return data;
}

void take_hold(std::vector<HoldSpan>& holds, const domain::AmendedEvent& event) {
  if (const auto* placed = std::get_if<domain::HoldPlaced>(event.data.get())) {
    holds.push_back({placed->hold, placed->classes, event.effective, std::nullopt});
  } else if (const auto* released = std::get_if<domain::HoldReleased>(event.data.get())) {
    for (HoldSpan& hold : holds) {
      if (hold.hold == released->hold) hold.to = event.effective;
    }
  }
}

void fold_participant(const projection::StreamStory& story, projection::RowSink& sink) {
  RetainedRow row{story.subject.id, held_data(story.events), {}, {}};
  if (row.data.empty()) return;
  for (const domain::AmendedEvent& event : story.timeline) {
    take_hold(row.holds, event);
    // What liggare writes of its own accord, such as an erasure, keeps no case alive.
    if (domain::is_own_command(event.event->event.type())) continue;
    if (row.days.empty() || row.days.back() != event.effective) row.days.push_back(event.effective);
  }
  sink.put(row);
}

void fold_rules(const projection::StreamStory& story, projection::RowSink& sink) {
  for (const domain::AmendedEvent& event : story.timeline) {
    const auto* adopted = std::get_if<domain::RetentionAdopted>(event.data.get());
    if (adopted == nullptr) continue;
    sink.put(RetentionRuleRow{story.subject.id, event.effective,
                              static_cast<std::int64_t>(event.event->position), *adopted});
  }
}

void fold_retention(const projection::StreamStory& story, projection::RowSink& sink) {
  if (story.subject.kind == StreamKind::participant) return fold_participant(story, sink);
  fold_rules(story, sink);
}

bool is_newer(const RetentionRuleRow& left, const RetentionRuleRow& right) {
  return std::pair(left.effective, left.position) > std::pair(right.effective, right.position);
}

using Rules = std::map<PersonalClass, RetentionRuleRow>;

// Of each stream the adoption in force; of several streams that rule a class, the newest.
Rules rules_on(const std::vector<RetentionRuleRow>& rows, Day as_of) {
  std::map<std::string, RetentionRuleRow> in_force;
  for (const RetentionRuleRow& row : rows) {
    if (row.effective > as_of) continue;
    const auto [known, is_first] = in_force.try_emplace(row.rule, row);
    if (!is_first && is_newer(row, known->second)) known->second = row;
  }
  Rules rules;
  for (const auto& [id, row] : in_force) {
    const auto [known, is_first] = rules.try_emplace(row.adopted.personal_class, row);
    if (!is_first && is_newer(row, known->second)) known->second = row;
  }
  return rules;
}

// Nothing while an enrolment is active, or where there never was one.
std::optional<Day> last_end(std::span<const EnrolmentRow> enrolments, Day as_of) {
  std::optional<Day> last;
  for (const EnrolmentRow& row : enrolments) {
    if (row.fact.active_on(as_of)) return std::nullopt;
    if (row.fact.start <= as_of) last = std::max(last, row.fact.end);
  }
  return last;
}

std::optional<Day> last_day(const std::vector<Day>& days, Day as_of) {
  const auto later = std::upper_bound(days.begin(), days.end(), as_of);
  return later == days.begin() ? std::nullopt : std::optional(*std::prev(later));
}

std::optional<Day> due_day(const std::optional<Day>& trigger,
                           const domain::RetentionAdopted& rule) {
  // A rule to keep has no end, whatever its months; nor have months beyond the calendar.
  if (!trigger || rule.action == RetentionAction::keep) return std::nullopt;
  const std::int64_t left = std::int64_t{Day::last().year() - trigger->year()} * 12;
  if (rule.months >= left) return Day::last();
  return trigger->plus_months(static_cast<int>(rule.months));
}

struct Holding {
  bool is_there = false;  // Some of the class, on the day asked about.
  bool is_erased = false;
};

Holding holding_of(const RetainedRow& row, PersonalClass personal_class, Day as_of) {
  Holding holding;
  for (const HeldData& held : row.data) {
    if (held.personal_class != personal_class || held.from > as_of) continue;
    holding.is_there = true;
    holding.is_erased = held.erased && *held.erased <= as_of;
    if (!holding.is_erased) break;
  }
  return holding;
}

class Duties {
 public:
  Duties(const Question& question, Rules rules, std::vector<EnrolmentRow> enrolments)
      : as_of_(question.as_of),
        rules_(std::move(rules)),
        enrolments_(std::move(enrolments)),
        participant_(question.options.text("participant")),
        state_(question.options.text("state")) {}

  void put(const RetainedRow& row, Answer& answer) const {
    if (participant_ != nullptr && row.participant != *participant_) return;
    for (const auto& [personal_class, rule] : rules_) {
      const Holding holding = holding_of(row, personal_class, as_of_);
      if (!holding.is_there) continue;
      const std::optional<Day> trigger = trigger_of(row, rule.adopted.trigger);
      const std::optional<Day> due = due_day(trigger, rule.adopted);
      const bool held = is_held(row, personal_class);
      const std::string_view state = state_of(holding, due, held);
      if (state_ != nullptr && *state_ != state) continue;
      answer.rows.push(Json::object()
                           .add("participant", row.participant)
                           .add("class", to_json(personal_class))
                           .add("rule", rule.rule)
                           .add("trigger", to_json(rule.adopted.trigger))
                           .add("triggerDay", to_json(trigger))
                           .add("due", to_json(due))
                           .add("action", to_json(rule.adopted.action))
                           .add("held", held)
                           .add("state", state));
    }
  }

 private:
  std::optional<Day> trigger_of(const RetainedRow& row, RetentionTrigger trigger) const {
    if (trigger == RetentionTrigger::last_event) return last_day(row.days, as_of_);
    return last_end(rows_for(enrolments_, row.participant), as_of_);
  }
  bool is_held(const RetainedRow& row, PersonalClass personal_class) const {
    return std::any_of(row.holds.begin(), row.holds.end(),
                       [&](const HoldSpan& hold) { return hold.covers(personal_class, as_of_); });
  }
  std::string_view state_of(const Holding& holding, const std::optional<Day>& due,
                            bool held) const {
    if (holding.is_erased) return "done";
    if (!due || *due > as_of_) return "not-due";
    return held ? "held" : "due";
  }

  const Day as_of_;
  const Rules rules_;
  const std::vector<EnrolmentRow> enrolments_;
  const std::string* participant_;
  const std::string* state_;
};

Result<Answer> answer_retention(const Question& question) {
  LIGGARE_TRY(const auto rules, projection::rows_of<RetentionRuleRow>(question.rows));
  LIGGARE_TRY(auto enrolments, projection::rows_of<EnrolmentRow>(question.rows));
  LIGGARE_TRY(const auto retained, projection::rows_of<RetainedRow>(question.rows));
  const Duties duties(question, rules_on(rules, question.as_of), std::move(enrolments));
  Answer answer;
  for (const RetainedRow& row : retained) duties.put(row, answer);
  return answer;
}

}  // namespace

bool HoldSpan::covers(PersonalClass personal_class, Day day) const {
  if (day < from || (to && *to <= day)) return false;
  return std::find(classes.begin(), classes.end(), personal_class) != classes.end();
}

std::string RetentionRuleRow::key() const {
  return projection::joined_key(rule, fmt::format("{:020}", position));
}

projection::Projection retention_projection() {
  return {"retention",
          1,
          {StreamKind::participant, StreamKind::retention},
          {projection::table_of<RetainedRow>(), projection::table_of<RetentionRuleRow>()},
          fold_retention};
}

projection::Report retention_report() {
  using enum projection::OptionKind;
  using enum projection::Presence;
  return {
      "retention",
      {{"participant", participant}, {"state", word, optional, {"due", "not-due", "held", "done"}}},
      {"participant", "class", "rule", "trigger", "triggerDay", "due", "action", "held", "state"},
      2,
      {"enrolments", "retention"},
      answer_retention};
}

}  // namespace liggare::projections
