#include "tests/projections/history_check.h"

#include <fmt/format.h>

#include <algorithm>

#include "codec/event_json.h"
#include "projection/difference.h"
#include "projection/folded_rows.h"
#include "projections/all.h"
#include "tests/projections/facts_on_day.h"
#include "tests/projections/plain_story.h"

namespace liggare::projections {
namespace {

using domain::RecordedEventPtr;
using domain::Stream;
using domain::StreamKind;
using domain::Subject;
using projection::FoldedRows;
using projection::Projection;
using projection::Report;
using projection::Rows;
using Streams = std::map<Subject, Stream>;

Rows folded(const Streams& streams) {
  Rows rows;
  for (const auto& [subject, stream] : streams) {
    projection::fold_stream(all_projections(), subject, stream, rows);
  }
  return rows;
}

Streams known_at(const Streams& streams, std::uint64_t size) {
  Streams known;
  for (const auto& [subject, stream] : streams) {
    const auto events = domain::known_at(stream, size);
    if (!events.empty()) known[subject] = Stream(events.begin(), events.end());
  }
  return known;
}

// The participants' streams cut at a day, and the rows that those and the others leave.
struct Cut {
  Streams streams;
  std::map<Subject, domain::ParticipantFacts> facts;
  Rows rows;
};

Cut cut_at(const Streams& streams, Day as_of) {
  Cut cut;
  projection::RowsSink sink(cut.rows);
  for (const auto& [subject, stream] : streams) {
    if (subject.kind != StreamKind::participant) {
      projection::fold_stream(all_projections(), subject, stream, cut.rows);
      continue;
    }
    PlainStory story = plain_story(stream, as_of);
    const auto& facts = cut.facts[subject] = domain::participant_facts(story.timeline);
    for (const Projection& projection : all_projections()) {
      if (projection.concerns(subject.kind)) {
        projection.fold({subject, story.events, story.timeline, facts}, sink);
      }
    }
    cut.streams[subject] = std::move(story.events);
  }
  return cut;
}

// Retention is about what is stored, which a correction or void leaves where it is.
bool shows_events_as_sent(const Report& report) {
  return report.name == "late" || report.name == "history" || report.name == "retention";
}

// What a report may read: the tables of the projections that it names, nothing else.
class DeclaredRows final : public projection::RowSource {
 public:
  DeclaredRows(const FoldedRows& rows, const Report& report) : rows_(rows), report_(report) {}

  unsigned threads() const override { return rows_.threads(); }
  Result<void> scan(std::string_view table, const Visit& visit) const override {
    for (const Projection& projection : all_projections()) {
      const auto& names = report_.projections;
      if (std::find(names.begin(), names.end(), projection.name) == names.end()) continue;
      for (const projection::TableInfo& known : projection.tables) {
        if (known.name == table) return rows_.scan(table, visit);
      }
    }
    return fail(ErrorCode::invalid_argument,
                fmt::format("{} reads {} and does not say so", report_.name, table));
  }

 private:
  const FoldedRows& rows_;
  const Report& report_;
};

// Where an answer comes from, and what is known there.
struct Ground {
  Streams streams;
  FoldedRows rows;
  std::uint64_t size;
};

Result<projection::Answer> answer(const Inquiry& inquiry, const Ground& ground, Day as_of) {
  const Report& report = *inquiry.report;
  LIGGARE_TRY(auto options, projection::Options::parse(report.options, inquiry.options));
  const DeclaredRows rows(ground.rows, report);
  const auto stream = [&](const Subject& subject) -> Result<Stream> {
    const auto found = ground.streams.find(subject);
    return found == ground.streams.end() ? Stream() : found->second;
  };
  const auto event_json = [](const domain::RecordedEvent& event) {
    return codec::event_json(event, codec::sealed_view);
  };
  projection::Question question{std::move(options), as_of, ground.size, rows, stream, event_json};
  LIGGARE_TRY(auto answer, report.answer(question));
  answer.report = report.name;
  answer.as_of = as_of;
  answer.at = ground.size;
  answer.parameters = question.options.json();
  return answer;
}

// A failure is no answer: it differs from everything.
std::string text_of(const Result<projection::Answer>& answer) {
  return answer ? answer->json().text() : "failed: " + answer.error().message;
}

// Keys hold separators that no terminal shows.
std::string told(const projection::RowKey& key, std::string_view what) {
  std::string text = key.first + " " + key.second;
  std::replace(text.begin(), text.end(), '\0', '/');
  return text.append(" ").append(what);
}

std::string first_difference(const Rows& kept, const Rows& scratch) {
  for (const auto& [key, row] : kept) {
    const auto found = scratch.find(key);
    if (found == scratch.end()) return told(key, "is kept and should not be");
    if (found->second != row) return told(key, "is kept otherwise");
  }
  for (const auto& [key, row] : scratch) {
    if (!kept.contains(key)) return told(key, "is not kept");
  }
  return "";
}

// One walk through a history.
class Walk {
 public:
  Walk(const test::MemoryLedger& ledger, const std::vector<Moment>& moments,
       AnswersWithRows& answered)
      : ledger_(ledger), moments_(moments), answered_(answered) {}

  std::optional<Difference> go() {
    for (const RecordedEventPtr& event : ledger_.events()) {
      take(event);
      const Rows scratch = folded(streams_);
      const std::string difference = first_difference(kept_, scratch);
      if (!difference.empty()) {
        return Difference{fmt::format("after {}: {}", event->event.id, difference), {}};
      }
      for (const Moment& moment : moments_) {
        if (moment.after == event->event.id) ask(moment, event->position + 1);
        if (difference_) return difference_;
      }
    }
    ask_again();
    return difference_;
  }

 private:
  struct Given {
    const Moment* moment;
    const Inquiry* inquiry;
    std::string text;
  };

  // As the projector does (projection/projector.h).
  void take(const RecordedEventPtr& event) {
    const Subject& subject = event->event.subject;
    Stream& stream = streams_[subject];
    const Stream before = stream;
    stream.push_back(event);
    projection::RowDifference difference;
    projection::add_stream(all_projections(), subject, before, stream, difference);
    projection::drop_unchanged(difference);
    projection::apply(kept_, std::move(difference));
  }

  void ask(const Moment& moment, std::uint64_t size) {
    const Ground kept{streams_, FoldedRows(kept_), size};
    Cut cut_streams = cut_at(streams_, moment.as_of);
    compare_facts(moment, cut_streams.facts);
    const Ground cut{std::move(cut_streams.streams), FoldedRows(std::move(cut_streams.rows)), size};
    for (const Inquiry& inquiry : moment.inquiries) {
      const auto given = answer(inquiry, kept, moment.as_of);
      if (given && !given->rows.as_array()->empty()) ++answered_[inquiry.report->name];
      std::string text = text_of(given);
      if (!given || !shows_events_as_sent(*inquiry.report)) {
        compare(moment, inquiry, text, "cut", text_of(answer(inquiry, cut, moment.as_of)), given);
      }
      given_[size].push_back({&moment, &inquiry, std::move(text)});
    }
  }

  void compare_facts(const Moment& moment, const std::map<Subject, domain::ParticipantFacts>& cut) {
    for (const auto& [subject, cut_facts] : cut) {
      const auto facts = domain::participant_facts(domain::timeline_of(streams_.at(subject)));
      const std::string found = facts_difference(facts, cut_facts, moment.as_of);
      if (found.empty() || difference_) continue;
      difference_ = Difference{
          fmt::format("facts of {} as of {}: {}", subject.text(), moment.as_of.text(), found),
          {{moment.after, moment.as_of, {}}}};
    }
  }

  // What was answered at a size, asked again when more is known.
  void ask_again() {
    for (const auto& [size, answers] : given_) {
      Streams streams = known_at(streams_, size);
      Rows rows = folded(streams);
      const Ground ground{std::move(streams), FoldedRows(std::move(rows)), size};
      for (const Given& given : answers) {
        const auto again = answer(*given.inquiry, ground, given.moment->as_of);
        compare(*given.moment, *given.inquiry, given.text, "remembered", text_of(again), again);
      }
    }
  }

  void compare(const Moment& moment, const Inquiry& inquiry, const std::string& kept,
               std::string_view way, const std::string& other,
               const Result<projection::Answer>& told) {
    if (difference_ || (told && kept == other)) return;
    difference_ =
        Difference{fmt::format("{} as of {} after {}\n  kept: {}\n  {}: {}", inquiry.text(),
                               moment.as_of.text(), moment.after, kept, way, other),
                   {{moment.after, moment.as_of, {inquiry}}}};
  }

  const test::MemoryLedger& ledger_;
  const std::vector<Moment>& moments_;
  AnswersWithRows& answered_;
  Streams streams_;
  Rows kept_;
  std::map<std::uint64_t, std::vector<Given>> given_;
  std::optional<Difference> difference_;
};

}  // namespace

std::optional<Difference> check(const test::MemoryLedger& ledger,
                                const std::vector<Moment>& moments, AnswersWithRows& answered) {
  return Walk(ledger, moments, answered).go();
}

test::MemoryLedger shrunk(const test::MemoryLedger& ledger, const Difference& difference) {
  test::MemoryLedger best = ledger;
  // Half of them, then a quarter …; single ones until none can go.
  for (std::size_t part = best.events().size() / 2; part > 0;) {
    bool has_shrunk = false;
    for (std::size_t start = 0; start < best.events().size();) {
      std::vector<RecordedEventPtr> fewer = best.events();
      const std::size_t end = std::min(start + part, fewer.size());
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(start),
                  fewer.begin() + static_cast<std::ptrdiff_t>(end));
      test::MemoryLedger smaller = test::replayed(fewer);
      AnswersWithRows ignored;
      if (check(smaller, difference.moments, ignored)) {
        best = std::move(smaller);
        has_shrunk = true;
      } else {
        start += part;
      }
    }
    if (part > 1) {
      part /= 2;
    } else if (!has_shrunk) {
      part = 0;
    }
  }
  return best;
}

}  // namespace liggare::projections
