#include "projection/explanation.h"

#include <algorithm>
#include <deque>

#include "domain/replay.h"
#include "projection/rows_view.h"

namespace liggare::projection {
namespace {

using domain::RecordedEventPtr;
using domain::Stream;
using domain::Subject;

// The events that are kept while others are tried without.
class Selection {
 public:
  Selection(const StreamsBySubject& all, std::span<const Projection> projections,
            const Holds& holds, const ExplainOptions& options)
      : all_(all), projections_(projections), holds_(holds), options_(options) {
    for (const auto& [subject, stream] : all_) put(subject, stream);
  }

  const Stream& kept(const Subject& subject) const {
    static const Stream nothing;
    const auto found = kept_.find(subject);
    return found == kept_.end() ? nothing : found->second;
  }
  std::vector<std::uint64_t> positions() const {
    std::vector<std::uint64_t> positions;
    for (const auto& [subject, stream] : kept_) {
      for (const RecordedEventPtr& event : stream) positions.push_back(event->position);
    }
    std::sort(positions.begin(), positions.end());
    return positions;
  }

  // Keeps `trial` of these streams instead where the answer stays the same.
  Result<bool> try_instead(std::vector<std::pair<Subject, Stream>> trial) {
    std::vector<std::pair<Subject, Stream>> before;
    for (auto& [subject, stream] : trial) {
      before.emplace_back(subject, kept(subject));
      put(subject, std::move(stream));
    }
    if (options_.progress) options_.progress(++asked_);
    const RowsView view(rows_);
    LIGGARE_TRY(const bool same,
                holds_({view, [&](const Subject& subject) { return kept(subject); }}));
    if (!same) {
      for (auto& [subject, stream] : before) put(subject, std::move(stream));
    }
    return same;
  }

 private:
  void put(const Subject& subject, Stream stream) {
    Rows& own = rows_of_[subject];
    for (const auto& [key, row] : own) rows_.erase(key);
    own.clear();
    fold_stream(projections_, subject, stream, own);
    for (const auto& [key, row] : own) rows_.insert_or_assign(key, row);
    if (stream.empty()) {
      kept_.erase(subject);
      rows_of_.erase(subject);
    } else {
      kept_.insert_or_assign(subject, std::move(stream));
    }
  }

  const StreamsBySubject& all_;
  const std::span<const Projection> projections_;
  const Holds& holds_;
  const ExplainOptions& options_;
  StreamsBySubject kept_;
  std::map<Subject, Rows> rows_of_;
  Rows rows_;
  std::uint64_t asked_ = 0;
};

class Explainer {
 public:
  Explainer(const StreamsBySubject& all, std::span<const Projection> projections,
            const Holds& holds, const ExplainOptions& options)
      : all_(all), options_(options), selection_(all, projections, holds, options) {}

  Result<Explanation> run() {
    LIGGARE_CHECK(leave_out_streams());
    // What the kept events refer to may say something itself, which makes others superfluous; and
    // fewer events refer to less.
    std::set<std::uint64_t> needed;
    while (true) {
      LIGGARE_CHECK(leave_out_events());
      auto found = what_they_refer_to();
      if (found == needed) break;
      needed = std::move(found);
      granted_too_ = needed;
      LIGGARE_CHECK(keep(needed));
      if (++rounds_ == rounds_max) break;
    }
    LIGGARE_TRY(const auto only_referred, what_says_nothing_itself(needed));
    Explanation explanation;
    for (const std::uint64_t position : selection_.positions()) {
      if (position < options_.granted) continue;
      (only_referred.contains(position) ? explanation.refers_to : explanation.rests_on)
          .push_back(position);
    }
    return explanation;
  }

 private:
  static constexpr int rounds_max = 8;

  bool is_granted(const RecordedEventPtr& event) const {
    return event->position < options_.granted || granted_too_.contains(event->position);
  }
  Stream only_granted(const Subject& subject) const {
    Stream granted;
    for (const RecordedEventPtr& event : all_.at(subject)) {
      if (is_granted(event)) granted.push_back(event);
    }
    return granted;
  }

  // Halves of all streams, then quarters, and so on, down to the streams one by one.
  Result<void> leave_out_streams() {
    std::vector<Subject> subjects;
    for (const auto& [subject, stream] : all_) {
      if (stream.back()->position >= options_.granted) subjects.push_back(subject);
    }
    using Run = std::pair<std::size_t, std::size_t>;
    std::deque<Run> runs{{0, subjects.size()}};
    while (!runs.empty()) {
      const auto [first, last] = runs.front();
      runs.pop_front();
      if (first == last) continue;
      std::vector<std::pair<Subject, Stream>> trial;
      for (std::size_t i = first; i < last; ++i) {
        trial.emplace_back(subjects[i], only_granted(subjects[i]));
      }
      LIGGARE_TRY(const bool dropped, selection_.try_instead(std::move(trial)));
      if (dropped || last - first == 1) continue;
      const std::size_t middle = first + (last - first) / 2;
      runs.emplace_back(first, middle);
      runs.emplace_back(middle, last);
    }
    return {};
  }

  // Event by event, the newest first, until none can go.
  Result<void> leave_out_events() {
    for (bool any = true; any;) {
      any = false;
      for (const auto& [subject, stream] : all_) {
        LIGGARE_TRY(const bool some, leave_out_events_of(subject));
        any = any || some;
      }
    }
    return {};
  }

  Result<bool> leave_out_events_of(const Subject& subject) {
    bool any = false;
    const Stream before = selection_.kept(subject);
    for (auto event = before.rbegin(); event != before.rend(); ++event) {
      if (is_granted(*event)) continue;
      Stream without = selection_.kept(subject);
      std::erase(without, *event);
      if (!makes_sense(without)) continue;
      std::vector<std::pair<Subject, Stream>> trial;
      trial.emplace_back(subject, std::move(without));
      LIGGARE_TRY(const bool dropped, selection_.try_instead(std::move(trial)));
      any = any || dropped;
    }
    return any;
  }

  // Of the events that others need, and of those that introduce a stream: those without which the
  // answer would still be the same, if only the others were accepted. Leaving one of these out
  // leaves no fact half told.
  Result<std::set<std::uint64_t>> what_says_nothing_itself(const std::set<std::uint64_t>& needed) {
    std::set<std::uint64_t> silent;
    for (const auto& [subject, stream] : all_) {
      const Stream kept = selection_.kept(subject);
      for (const RecordedEventPtr& event : kept) {
        if (event->position < options_.granted) continue;
        const bool introduces = event->event.type() == domain::introducing_type(subject.kind);
        if (!introduces && !needed.contains(event->position)) continue;
        Stream without = kept;
        std::erase(without, event);
        LIGGARE_TRY(const bool same, selection_.try_instead({{subject, std::move(without)}}));
        if (!same) continue;
        silent.insert(event->position);
        LIGGARE_TRY(const bool still, selection_.try_instead({{subject, kept}}));
        LIGGARE_ASSERT(still, "what was kept gives the answer");
      }
    }
    return silent;
  }

  domain::TimelinePtr known(const Subject& subject, std::uint64_t size) const {
    const auto found = all_.find(subject);
    if (found == all_.end()) return std::make_shared<const domain::Timeline>();
    return std::make_shared<const domain::Timeline>(
        domain::timeline_of(domain::known_at(found->second, size)));
  }

  bool makes_sense(const Stream& stream) const {
    return !domain::replay(
        stream, {[&](const Subject& subject, std::uint64_t size) { return known(subject, size); },
                 [&](const Subject& subject) { return all_.contains(subject); }});
  }

  // What the kept events need in other streams to be accepted, and what that needs in turn.
  std::set<std::uint64_t> what_they_refer_to() const {
    std::set<std::uint64_t> needed;
    std::deque<Subject> asking;
    for (const auto& [subject, stream] : all_) {
      if (!selection_.kept(subject).empty()) asking.push_back(subject);
    }
    std::map<Subject, std::set<std::uint64_t>> wanted;
    while (!asking.empty()) {
      const Subject subject = asking.front();
      asking.pop_front();
      Stream stream;
      for (const RecordedEventPtr& event : all_.at(subject)) {
        const Stream& kept = selection_.kept(subject);
        const bool is_kept = std::find(kept.begin(), kept.end(), event) != kept.end();
        const bool is_wanted = wanted[subject].contains(event->position);
        if ((is_kept && !granted_too_.contains(event->position)) || is_wanted) {
          stream.push_back(event);
        }
      }
      const auto want = [&](const Subject& other, std::size_t count) {
        const auto found = all_.find(other);
        if (found == all_.end()) return;
        bool any = false;
        for (std::size_t i = 0; i < std::min(count, found->second.size()); ++i) {
          any = wanted[other].insert(found->second[i]->position).second || any;
        }
        if (any) asking.push_back(other);
      };
      static_cast<void>(
          domain::replay(stream, {[&](const Subject& other, std::uint64_t size) {
                                    const auto found = all_.find(other);
                                    if (found != all_.end())
                                      want(other, domain::known_at(found->second, size).size());
                                    return known(other, size);
                                  },
                                  [&](const Subject& other) {
                                    want(other, 1);
                                    return all_.contains(other);
                                  }}));
    }
    for (const auto& [subject, positions] : wanted) {
      for (const std::uint64_t position : positions) {
        if (position >= options_.granted) needed.insert(position);
      }
    }
    return needed;
  }

  // Takes these events in, beside what is kept.
  Result<void> keep(const std::set<std::uint64_t>& needed) {
    std::vector<std::pair<Subject, Stream>> trial;
    for (const auto& [subject, stream] : all_) {
      const Stream& kept = selection_.kept(subject);
      Stream together;
      for (const RecordedEventPtr& event : stream) {
        const bool is_kept = std::find(kept.begin(), kept.end(), event) != kept.end();
        if (is_kept || needed.contains(event->position)) together.push_back(event);
      }
      if (together.size() != kept.size()) trial.emplace_back(subject, std::move(together));
    }
    if (trial.empty()) return {};
    LIGGARE_TRY(const bool same, selection_.try_instead(trial));
    if (same) return {};
    // What they refer to changes the answer by itself: then all that bears on it is asked about
    // once more, with that taken for granted.
    for (const auto& [subject, stream] : all_) trial.emplace_back(subject, stream);
    LIGGARE_TRY(const bool all_hold, selection_.try_instead(std::move(trial)));
    LIGGARE_ASSERT(all_hold, "all that is known gives the answer");
    return leave_out_streams();
  }

  const StreamsBySubject& all_;
  const ExplainOptions& options_;
  Selection selection_;
  std::set<std::uint64_t> granted_too_;
  int rounds_ = 0;
};

}  // namespace

Result<Explanation> explain(const StreamsBySubject& streams,
                            std::span<const Projection> projections, const Holds& holds,
                            const ExplainOptions& options) {
  return Explainer(streams, projections, holds, options).run();
}

}  // namespace liggare::projection
