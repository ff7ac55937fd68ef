#include "ledger/stream_cache.h"

#include "projection/folded_rows.h"

namespace liggare::ledger {
namespace {

constexpr std::size_t cached_events_max = 400'000;

}  // namespace

Result<StreamCache::Cached*> StreamCache::load(const domain::Subject& subject) {
  const auto [found, is_new] = streams_.try_emplace(subject.text());
  if (is_new) {
    auto events = projection::read_stream(log_, found->first, log_.head().tree_size);
    if (!events) {
      streams_.erase(found);
      return Unexpected{std::move(events).error()};
    }
    found->second.events = std::move(*events);
    event_count_ += found->second.events.size() + 1;
  }
  return &found->second;
}

Result<const domain::Stream*> StreamCache::stream(const domain::Subject& subject) {
  LIGGARE_TRY(const Cached* cached, load(subject));
  return &cached->events;
}

void StreamCache::append(const domain::RecordedEventPtr& event) {
  Cached& cached = streams_.at(event->event.subject.text());
  LIGGARE_ASSERT(event->version == cached.events.size() + 1, "a stream's versions have no gap");
  cached.events.push_back(event);
  ++event_count_;
}

void StreamCache::drop_last(const domain::Subject& subject) {
  Cached& cached = streams_.at(subject.text());
  cached.timelines.erase(cached.events.size());
  cached.events.pop_back();
}

Result<domain::Timeline> StreamCache::timeline(const domain::Subject& subject, std::uint64_t size) {
  LIGGARE_TRY(Cached * cached, load(subject));
  const auto known = domain::known_at(cached->events, size);
  if (subject.kind != domain::StreamKind::ladder && subject.kind != domain::StreamKind::agreement) {
    return domain::timeline_of(known);
  }
  const auto [found, is_new] = cached->timelines.try_emplace(known.size());
  if (is_new) {
    found->second = domain::timeline_of(known);
    event_count_ += known.size();
  }
  return found->second;
}

bool StreamCache::is_large() const { return event_count_ > cached_events_max; }

void StreamCache::shrink() {
  if (!is_large()) return;
  streams_.clear();
  event_count_ = 0;
}

}  // namespace liggare::ledger
