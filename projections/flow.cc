#include "projections/flow.h"

#include <algorithm>
#include <map>
#include <optional>

#include "projection/side_by_side.h"
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

  Count& operator+=(const Count& other) {
    referrals += other.referrals;
    started += other.started;
    active += other.active;
    for (const auto& [outcome, number] : other.outcomes) outcomes[outcome] += number;
    days.insert(days.end(), other.days.begin(), other.days.end());
    return *this;
  }
};

class Flow {
  using Groups = std::map<std::string, Count, std::less<>>;  // Nothing that was counted is zero.

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

  // Makes room for the sources of so many.
  void expect_referrals(std::uint64_t count) {
    if (grouping_ == Grouping::source) sources_.reserve(count);
  }
  // All of them, in the order of participants; may go on while the span is found.
  void count_referral(ReferralRow& row) {
    if (row.fact.received <= as_of_) {
      const Period period = Period::of(row.fact.received, length_);
      ++count_of(referred_[period], group_of(row)).referrals;
    }
    if (grouping_ != Grouping::source) return;
    sources_.push_back({std::move(row.participant), std::move(row.id), row.fact.source});
  }

  // Once the span is known and the referrals are counted.
  void begin_periods() {
    if (!first_) return;
    const Period last = Period::of(*last_, length_);
    for (Period period = Period::of(*first_, length_); period <= last; period = period.next()) {
      periods_.push_back(
          {period, std::min(period.last_day(), as_of_), std::move(referred_[period])});
    }
  }

  // Counts enrolments, once the periods are begun: some of them each, in the order of participants,
  // several at the same time.
  class Enrolments {
   public:
    explicit Enrolments(const Flow& flow) : flow_(flow), groups_(flow.periods_.size()) {}

    void count(const EnrolmentRow& row) {
      const domain::EnrolmentFact& fact = row.fact;
      if (fact.start > flow_.as_of_) return;
      const bool has_ended = fact.end && *fact.end <= flow_.as_of_;
      const auto source =
          flow_.grouping_ == Grouping::source ? flow_.source_of(row, passed_) : std::string_view();
      const std::size_t first = flow_.place_of(fact.start);
      const std::size_t last = flow_.place_of(has_ended ? *fact.end : *flow_.last_);
      for (std::size_t place = first; place <= last; ++place) {
        const Day period_end = flow_.periods_.at(place).last_day;
        Count& count = count_of(groups_.at(place), flow_.group_of(row, source, period_end));
        if (place == first) ++count.started;
        if (fact.active_on(period_end)) ++count.active;
        if (has_ended && place == last) {
          ++count.outcomes[domain::word_of(*fact.outcome)];
          count.days.push_back(fact.end->days_since(fact.start));
        }
      }
    }

   private:
    friend class Flow;
    const Flow& flow_;
    std::vector<Groups> groups_;  // By period.
    std::size_t passed_ = 0;      // Of the sources, those of participants before the last row's.
  };

  void add(const Enrolments& counted) {
    for (std::size_t place = 0; place < counted.groups_.size(); ++place) {
      for (const auto& [group, count] : counted.groups_[place]) {
        count_of(periods_[place].groups, group) += count;
      }
    }
  }

  Json rows() const {
    Json rows = Json::array();
    for (const InPeriod& in_period : periods_) {
      for (const auto& [group, count] : in_period.groups) {
        rows.push(row_json(in_period.period, group, count));
      }
      if (in_period.groups.empty() && grouping_ == Grouping::none) {
        rows.push(row_json(in_period.period, {}, Count()));
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

  struct InPeriod {
    Period period;
    Day last_day;  // As-of in the period that it cuts.
    Groups groups;
  };

  static Count& count_of(Groups& groups, std::string_view group) {
    const auto found = groups.find(group);
    return found == groups.end() ? groups[std::string(group)] : found->second;
  }

  // Among the periods, of a day in the span.
  std::size_t place_of(Day day) const {
    return static_cast<std::size_t>(Period::of(day, length_).periods_since(periods_.at(0).period));
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

  // Requires that rows come in the order of participants, as the sources do: `passed` goes along.
  std::string_view source_of(const EnrolmentRow& row, std::size_t& passed) const {
    const auto is_before = [&](std::size_t source) {
      return source < sources_.size() && sources_[source].participant < row.participant;
    };
    while (is_before(passed)) ++passed;
    if (!row.fact.referral) return no_group;
    for (std::size_t i = passed; i < sources_.size() && sources_[i].participant == row.participant;
         ++i) {
      if (sources_[i].referral == *row.fact.referral) return domain::word_of(sources_[i].source);
    }
    return no_group;
  }

  std::string_view group_of(const EnrolmentRow& row, std::string_view source, Day day) const {
    switch (grouping_) {
      case Grouping::source:
        return source;
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
  std::map<Period, Groups> referred_;
  std::vector<Source> sources_;    // In the order of participants.
  std::vector<InPeriod> periods_;  // All in the span, in order.
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
  flow.expect_referrals(projection::room_for<ReferralRow>(question.rows));
  LIGGARE_CHECK(projection::side_by_side(
      question.rows,
      [&] {
        return projection::each_row<FlowDaysRow>(question.rows,
                                                 [&](const FlowDaysRow& row) { flow.span(row); });
      },
      [&] {
        return projection::each_row<ReferralRow>(
            question.rows, [&](ReferralRow& row) { flow.count_referral(row); });
      }));
  flow.begin_periods();
  Flow::Enrolments some(flow);
  Flow::Enrolments others(flow);
  LIGGARE_CHECK(projection::each_row_in_halves<EnrolmentRow>(
      question.rows, [&](const EnrolmentRow& row) { some.count(row); },
      [&](const EnrolmentRow& row) { others.count(row); }));
  flow.add(some);
  flow.add(others);
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
