// Why a row stands, over random histories: the events named for it and what they refer to are a
// history that the rules accept, and give the same row; without any one of those that it rests on,
// they are refused or give another.
//
// LIGGARE_SEED is the first seed, LIGGARE_WHYS how many histories follow; 1 and 150 unless told
// otherwise. That every report is among them is asserted for at least 150.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <set>

#include "codec/event_json.h"
#include "projection/explanation.h"
#include "projection/rows_view.h"
#include "projections/all.h"
#include "tests/projections/inquiry.h"
#include "tests/support/random_history.h"

namespace liggare::projections {
namespace {

using domain::RecordedEventPtr;
using projection::Evidence;
using projection::StreamsBySubject;

constexpr std::uint64_t usual_histories = 150;

std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

StreamsBySubject streams_of(const std::vector<RecordedEventPtr>& events) {
  StreamsBySubject streams;
  for (const RecordedEventPtr& event : events) streams[event->event.subject].push_back(event);
  return streams;
}

class Asked {
 public:
  Asked(const Inquiry& inquiry, Day as_of, std::uint64_t at)
      : inquiry_(inquiry), as_of_(as_of), at_(at) {}

  projection::Answer answer(const Evidence& evidence) const {
    projection::Question question{
        projection::Options::parse(inquiry_.report->options, inquiry_.options).value(),
        as_of_,
        at_,
        evidence.rows,
        evidence.stream,
        [](const domain::RecordedEvent& event) {
          return codec::event_json(event, codec::sealed_view);
        }};
    return inquiry_.report->answer(question).value();
  }
  projection::Answer answer(const std::vector<RecordedEventPtr>& events) const {
    const StreamsBySubject streams = streams_of(events);
    projection::Rows rows;
    for (const auto& [subject, stream] : streams) {
      projection::fold_stream(all_projections(), subject, stream, rows);
    }
    const projection::RowsView view(rows);
    return answer({view, [&](const domain::Subject& subject) -> Result<domain::Stream> {
                     const auto found = streams.find(subject);
                     return found == streams.end() ? domain::Stream() : found->second;
                   }});
  }

 private:
  const Inquiry& inquiry_;
  Day as_of_;
  std::uint64_t at_;
};

bool contains(const Json& list, const Json& wanted) {
  const Json::Array& all = *list.as_array();
  return std::find(all.begin(), all.end(), wanted) != all.end();
}

std::vector<RecordedEventPtr> picked(const std::vector<RecordedEventPtr>& events,
                                     const std::set<std::uint64_t>& positions) {
  std::vector<RecordedEventPtr> subset;
  for (const RecordedEventPtr& event : events) {
    if (positions.contains(event->position)) subset.push_back(event);
  }
  return subset;
}

// Whether sending these events to an empty ledger has all of them accepted.
bool is_accepted(const std::vector<RecordedEventPtr>& events) {
  return test::replayed(events).events().size() == events.size();
}

// How many events were named in all.
std::size_t expect_explained(const std::vector<RecordedEventPtr>& events, const Asked& asked,
                             bool of_rows, const Json& wanted) {
  const auto list_in = [&](const projection::Answer& answer) -> const Json& {
    return of_rows ? answer.rows : answer.findings;
  };
  const auto explanation = projection::explain(
      streams_of(events), all_projections(), [&](const Evidence& evidence) -> Result<bool> {
        return contains(list_in(asked.answer(evidence)), wanted);
      });
  EXPECT_TRUE(explanation);
  std::set<std::uint64_t> named(explanation->rests_on.begin(), explanation->rests_on.end());
  named.insert(explanation->refers_to.begin(), explanation->refers_to.end());
  if (explanation->rests_on.empty()) {
    EXPECT_TRUE(contains(list_in(asked.answer(std::vector<RecordedEventPtr>())), wanted));
  }
  EXPECT_TRUE(is_accepted(picked(events, named)));
  EXPECT_TRUE(contains(list_in(asked.answer(picked(events, named))), wanted));
  for (const std::uint64_t position : explanation->rests_on) {
    std::set<std::uint64_t> without = named;
    without.erase(position);
    const auto subset = picked(events, without);
    EXPECT_TRUE(!is_accepted(subset) || !contains(list_in(asked.answer(subset)), wanted))
        << "event " << position << " is named and not needed";
  }
  return named.size();
}

TEST(Why, TheNamedEventsGiveTheSameRowAndNoneOfThemCanGo) {
  const std::uint64_t first = from_environment("LIGGARE_SEED", 1);
  const std::uint64_t count = from_environment("LIGGARE_WHYS", usual_histories);
  std::map<std::string_view, int> explained;
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    const test::RandomHistory history = test::random_history(seed);
    const std::vector<RecordedEventPtr>& events = history.ledger.events();
    test::Chance chance(seed);
    const std::vector<Moment> moments = random_moments(chance, history.ledger);
    for (const Moment& moment : moments) {
      if (moment.after != events.back()->event.id) continue;
      for (const Inquiry& inquiry : moment.inquiries) {
        const Asked asked(inquiry, moment.as_of, events.size());
        const projection::Answer answer = asked.answer(events);
        for (const bool of_rows : {true, false}) {
          const Json::Array& all = *(of_rows ? answer.rows : answer.findings).as_array();
          if (all.empty()) continue;
          const Json& wanted = chance.pick(all);
          SCOPED_TRACE("seed " + std::to_string(seed) + ": " + inquiry.text() + " as of " +
                       moment.as_of.text() + ": " + wanted.text());
          if (expect_explained(events, asked, of_rows, wanted) > 0) {
            ++explained[inquiry.report->name];
          }
          if (testing::Test::HasFailure()) return;
        }
      }
      break;
    }
  }
  if (count < usual_histories) return;
  for (const projection::Report& report : all_reports()) {
    if (report.name == "retention") continue;  // Its rules come from own commands alone.
    EXPECT_GT(explained[report.name], 0) << report.name;
  }
}

}  // namespace
}  // namespace liggare::projections
