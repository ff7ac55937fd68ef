#include "ledger/stream_cache.h"

#include <utility>

#include "domain/packed_story.h"
#include "projection/folded_rows.h"

namespace liggare::ledger {
namespace {

// Estimates of the memory that a story takes, in events: its empty facts, and what so many events
// add to them, which takes as much as one of them.
constexpr std::uint64_t story_as_events = 2;
constexpr std::uint64_t story_events_as_one = 8;
// Estimates of what a stream takes in an older generation.
constexpr std::size_t bytes_beside = 128;
constexpr std::size_t bytes_an_event = 512;

std::size_t bytes_of(const std::string& packed) { return bytes_beside + packed.capacity(); }
std::size_t bytes_of(const domain::JudgedStream& stream) {
  return bytes_beside + (stream.version() - stream.forgotten()) * bytes_an_event;
}

}  // namespace

StreamCache::StreamCache(const store::EventLog& log, const Limits& limits)
    : log_(log), limits_(limits) {
  // Growing from nothing, it would look at every stream again and again.
  recent_.reserve(limits.recent_events / 4);
}

std::size_t StreamCache::SubjectHash::operator()(const domain::Subject& subject) const {
  return std::hash<std::string>()(subject.id) * 31 + static_cast<std::size_t>(subject.kind);
}

StreamCache::Cached* StreamCache::take_up(const domain::Subject& subject) {
  for (Generation* generation : {&older_, &oldest_}) {
    if (auto node = generation->stories.extract(subject)) {
      const Story& story = node.mapped();
      generation->bytes -= bytes_of(story.packed);
      recent_events_ += story_as_events + story.version / story_events_as_one;
      Cached& cached = recent_[subject];
      cached.stream = domain::JudgedStream(story.version, domain::unpack(story.packed));
      return &cached;
    }
    if (auto node = generation->others.extract(subject)) {
      generation->bytes -= bytes_of(node.mapped().stream);
      recent_events_ += 1 + node.mapped().stream.version();
      return &recent_.insert(std::move(node)).position->second;
    }
  }
  return nullptr;
}

Result<StreamCache::Cached*> StreamCache::load(const domain::Subject& subject) {
  if (const auto found = recent_.find(subject); found != recent_.end()) return &found->second;
  if (Cached* cached = take_up(subject)) return cached;
  LIGGARE_TRY(domain::Stream events,
              projection::read_stream(log_, subject.text(), log_.head().tree_size));
  recent_events_ += events.size() + 1;
  Cached& cached = recent_[subject];
  cached.stream = domain::JudgedStream(std::move(events));
  return &cached;
}

Result<void> StreamCache::remember_events(const domain::Subject& subject,
                                          domain::JudgedStream& stream) {
  if (stream.forgotten() == 0) return {};
  LIGGARE_TRY(domain::Stream events,
              projection::read_stream(log_, subject.text(), log_.head().tree_size));
  if (events.size() < stream.forgotten()) {
    return fail(ErrorCode::corrupt, "stream " + subject.text() + ": stored events are gone");
  }
  // Newer ones may be stored by now too.
  events.resize(stream.forgotten());
  recent_events_ += events.size();
  stream.remember_events(std::move(events));
  return {};
}

Result<const domain::JudgedStream*> StreamCache::stream_before(const domain::Event& event) {
  LIGGARE_TRY(Cached * cached, load(event.subject));
  domain::JudgedStream& stream = cached->stream;
  if (stream.facts_before(event) == nullptr) {
    LIGGARE_CHECK(remember_events(event.subject, stream));
  }
  return &stream;
}

Result<bool> StreamCache::exists(const domain::Subject& subject) {
  LIGGARE_TRY(const Cached* cached, load(subject));
  return cached->stream.version() > 0;
}

void StreamCache::append(domain::Accepted accepted) {
  domain::JudgedStream& stream = recent_.at(accepted.event->event.subject).stream;
  LIGGARE_ASSERT(accepted.event->version == stream.version() + 1,
                 "a stream's versions have no gap");
  stream.append(std::move(accepted));
  ++recent_events_;
}

void StreamCache::drop_last(const domain::Subject& subject) {
  Cached& cached = recent_.at(subject);
  cached.timelines.erase(cached.stream.version());
  cached.stream.drop_last();
}

Result<domain::TimelinePtr> StreamCache::timeline(const domain::Subject& subject,
                                                  std::uint64_t size) {
  LIGGARE_TRY(Cached * cached, load(subject));
  LIGGARE_CHECK(remember_events(subject, cached->stream));
  const auto known = domain::known_at(cached->stream.events(), size);
  const auto of_known = [&] {
    return std::make_shared<const domain::Timeline>(domain::timeline_of(known));
  };
  if (subject.kind != domain::StreamKind::ladder && subject.kind != domain::StreamKind::agreement) {
    return of_known();
  }
  domain::TimelinePtr& remembered = cached->timelines[known.size()];
  if (remembered == nullptr) {
    remembered = of_known();
    recent_events_ += known.size();
  }
  return remembered;
}

bool StreamCache::is_large() const { return recent_events_ > limits_.recent_events; }

void StreamCache::shrink() {
  if (!is_large()) return;
  if (older_.bytes > limits_.older_bytes) oldest_ = std::exchange(older_, {});
  while (!recent_.empty()) {
    auto node = recent_.extract(recent_.begin());
    const domain::JudgedStream& stream = node.mapped().stream;
    if (const auto* story = stream.story()) {
      Story aged{stream.version(), domain::pack(*story)};
      older_.bytes += bytes_of(aged.packed);
      older_.stories.emplace(std::move(node.key()), std::move(aged));
    } else {
      older_.bytes += bytes_of(stream);
      older_.others.insert(std::move(node));
    }
  }
  recent_events_ = 0;
}

}  // namespace liggare::ledger
