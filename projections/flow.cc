#include "projections/flow.h"

#include <algorithm>
#include <map>
#include <optional>

#include "projections/median.h"
#include "projections/participants.h"
#include "projections/period.h"
#include "projections/public_forms.h"

namespace liggare::projections {
namespace {

using projection::Answer;
using projection::Question;

enum class Grouping { none, source, programme, unit };

constexpr std::string_view no_group = "none";

struct Count {
  std::int64_t referrals = 0;
  std::int64_t started = 0;
  std::int64_t active = 0;
  std::map<std::string_view, std::int64_t> outcomes;
  std::vector<std::int64_t> days;  // From start to end of those that ended.
};

class Flow {
 public:
  Flow(PeriodLength length, Grouping grouping, Day as_of)
      : length_(length), grouping_(grouping), as_of_(as_of) {}

  // Every period between the first and the last of `days` is reported.
  void span(const std::vector<FlowDaysRow>& rows) {
    for (const FlowDaysRow& row : rows) {
      for (const Day day : row.days) {
        if (day > as_of_) break;
        first_ = std::min(first_.value_or(day), day);
        last_ = std::max(last_.value_or(day), day);
      }
    }
  }

  void count_referral(const ReferralRow& row) {
    if (row.fact.received > as_of_) return;
    ++at(Period::of(row.fact.received, length_), group_of(row)).referrals;
  }

  void count_enrolment(const EnrolmentRow& row, const ReferralRow* referral) {
    const domain::EnrolmentFact& fact = row.fact;
    if (fact.start > as_of_) return;
    const bool has_ended = fact.end && *fact.end <= as_of_;
    const Period last = Period::of(has_ended ? *fact.end : *last_, length_);
    const Period first = Period::of(fact.start, length_);
    for (Period period = first; period <= last; period = period.next()) {
      const Day period_end = std::min(period.last_day(), as_of_);
      Count& count = at(period, group_of(row, referral, period_end));
      if (period == first) ++count.started;
      if (fact.active_on(period_end)) ++count.active;
      if (has_ended && period == last) {
        ++count.outcomes[domain::word_of(*fact.outcome)];
        count.days.push_back(fact.end->days_since(fact.start));
      }
    }
  }

  Json rows() const {
    Json rows = Json::array();
    if (!first_) return rows;
    const Count nothing;
    const Period last = Period::of(*last_, length_);
    auto group = counts_.begin();
    for (Period period = Period::of(*first_, length_); period <= last; period = period.next()) {
      if (grouping_ == Grouping::none) {
        const auto found = counts_.find({period, std::string()});
        rows.push(row_json(period, {}, found == counts_.end() ? nothing : found->second));
        continue;
      }
      for (; group != counts_.end() && group->first.first == period; ++group) {
        rows.push(row_json(period, group->first.second, group->second));
      }
    }
    return rows;
  }

 private:
  Count& at(Period period, std::string_view group) { return counts_[{period, std::string(group)}]; }

  std::string_view group_of(const ReferralRow& row) const {
    switch (grouping_) {
      case Grouping::source:
        return domain::word_of(row.fact.source);
      case Grouping::programme:
        return row.fact.programme;
      case Grouping::unit:
        return row.fact.unit ? std::string_view(*row.fact.unit) : no_group;
      default:
        return {};
    }
  }

  std::string_view group_of(const EnrolmentRow& row, const ReferralRow* referral, Day day) const {
    switch (grouping_) {
      case Grouping::source:
        return referral == nullptr ? no_group : domain::word_of(referral->fact.source);
      case Grouping::programme:
        return row.fact.programme;
      case Grouping::unit:
        return row.fact.unit_on(day);
      default:
        return {};
    }
  }

  Json row_json(Period period, std::string_view group, const Count& count) const {
    Json outcomes = Json::object();
    for (const auto& [outcome, number] : count.outcomes) outcomes.add(outcome, number);
    Json row = Json::object().add("period", period.text());
    if (grouping_ != Grouping::none) row.add("group", group);
    return row.add("referrals", count.referrals)
        .add("started", count.started)
        .add("ended", static_cast<std::int64_t>(count.days.size()))
        .add("active", count.active)
        .add("outcomes", std::move(outcomes))
        .add("medianDays", median_of(count.days));
  }

  PeriodLength length_;
  Grouping grouping_;
  Day as_of_;
  std::optional<Day> first_;
  std::optional<Day> last_;
  std::map<std::pair<Period, std::string>, Count> counts_;  // Nothing that was counted is zero.
};

const ReferralRow* referral_of(const EnrolmentRow& enrolment,
                               const std::vector<ReferralRow>& referrals) {
  if (!enrolment.fact.referral) return nullptr;
  for (const ReferralRow& row : rows_for(referrals, enrolment.participant)) {
    if (row.id == *enrolment.fact.referral) return &row;
  }
  return nullptr;
}

// The option's words are in the order of the enumeration.
constexpr std::string_view lengths[] = {"year", "quarter", "month"};
constexpr std::string_view groupings[] = {"", "source", "programme", "unit"};

template <class Enum, std::size_t size>
Enum named(const std::string_view (&words)[size], std::string_view word) {
  return static_cast<Enum>(std::find(words, words + size, word) - words);
}

Result<Answer> answer_flow(const Question& question) {
  LIGGARE_TRY(const auto days, projection::rows_of<FlowDaysRow>(question.rows));
  LIGGARE_TRY(const auto referrals, projection::rows_of<ReferralRow>(question.rows));
  LIGGARE_TRY(const auto enrolments, projection::rows_of<EnrolmentRow>(question.rows));
  const std::string* group = question.options.text("group");
  Flow flow(named<PeriodLength>(lengths, *question.options.text("by")),
            group == nullptr ? Grouping::none : named<Grouping>(groupings, *group), question.as_of);
  flow.span(days);
  for (const ReferralRow& row : referrals) flow.count_referral(row);
  for (const EnrolmentRow& row : enrolments) flow.count_enrolment(row, referral_of(row, referrals));
  Answer answer;
  answer.rows = flow.rows();
  return answer;
}

}  // namespace

projection::Report flow_report() {
  using enum projection::OptionKind;
  using enum projection::Presence;
  return {"flow",
          {{"by", word, required, {"year", "quarter", "month"}},
           {"group", word, optional, {"source", "programme", "unit"}}},
          {"period", "group", "referrals", "started", "ended", "active", "outcomes", "medianDays"},
          2,
          {"enrolments", "referrals"},
          answer_flow,
          public_flow};
}

}  // namespace liggare::projections
