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

  // Every period between the first and the last day of all rows is reported.
  void span(const FlowDaysRow& row) {
    for (const Day day : row.days) {
      if (day > as_of_) break;
      first_ = std::min(first_.value_or(day), day);
      last_ = std::max(last_.value_or(day), day);
    }
  }

  // All of them, in the order of participants, before the enrolments.
  void count_referral(ReferralRow& row) {
    if (row.fact.received <= as_of_) {
      ++at(Period::of(row.fact.received, length_), group_of(row)).referrals;
    }
    if (grouping_ != Grouping::source) return;
    sources_.push_back({std::move(row.participant), std::move(row.id), row.fact.source});
  }

  // Requires that the span is known.
  void count_enrolment(const EnrolmentRow& row) {
    const domain::EnrolmentFact& fact = row.fact;
    if (fact.start > as_of_) return;
    const bool has_ended = fact.end && *fact.end <= as_of_;
    const Period last = Period::of(has_ended ? *fact.end : *last_, length_);
    const Period first = Period::of(fact.start, length_);
    for (Period period = first; period <= last; period = period.next()) {
      const Day period_end = std::min(period.last_day(), as_of_);
      Count& count = at(period, group_of(row, period_end));
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
    const Period last = Period::of(*last_, length_);
    for (Period period = Period::of(*first_, length_); period <= last; period = period.next()) {
      const auto found = counts_.find(period);
      if (found != counts_.end()) {
        for (const auto& [group, count] : found->second) rows.push(row_json(period, group, count));
      } else if (grouping_ == Grouping::none) {
        rows.push(row_json(period, {}, Count()));
      }
    }
    return rows;
  }

 private:
  // What is kept of a referral when enrolments are grouped by its source.
  struct Source {
    std::string participant;
    std::string referral;
    domain::ReferralSource source;
  };

  Count& at(Period period, std::string_view group) {
    Groups& groups = counts_[period];
    const auto found = groups.find(group);
    return found == groups.end() ? groups[std::string(group)] : found->second;
  }

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

  std::string_view source_of(const EnrolmentRow& row) const {
    if (!row.fact.referral) return no_group;
    for (const Source& source : rows_for(sources_, row.participant)) {
      if (source.referral == *row.fact.referral) return domain::word_of(source.source);
    }
    return no_group;
  }

  std::string_view group_of(const EnrolmentRow& row, Day day) const {
    switch (grouping_) {
      case Grouping::source:
        return source_of(row);
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
  std::vector<Source> sources_;  // In the order of participants.
  using Groups = std::map<std::string, Count, std::less<>>;
  std::map<Period, Groups> counts_;  // Nothing that was counted is zero.
};

// The option's words are in the order of the enumeration.
constexpr std::string_view lengths[] = {"year", "quarter", "month"};
constexpr std::string_view groupings[] = {"", "source", "programme", "unit"};

template <class Enum, std::size_t size>
Enum named(const std::string_view (&words)[size], std::string_view word) {
  return static_cast<Enum>(std::find(words, words + size, word) - words);
}

Result<Answer> answer_flow(const Question& question) {
  const std::string* group = question.options.text("group");
  Flow flow(named<PeriodLength>(lengths, *question.options.text("by")),
            group == nullptr ? Grouping::none : named<Grouping>(groupings, *group), question.as_of);
  LIGGARE_CHECK(projection::each_row<FlowDaysRow>(question.rows,
                                                  [&](const FlowDaysRow& row) { flow.span(row); }));
  LIGGARE_CHECK(projection::each_row<ReferralRow>(
      question.rows, [&](ReferralRow& row) { flow.count_referral(row); }));
  LIGGARE_CHECK(projection::each_row<EnrolmentRow>(
      question.rows, [&](const EnrolmentRow& row) { flow.count_enrolment(row); }));
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
