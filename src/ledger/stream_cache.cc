#include "ledger/stream_cache.h"

#include "projection/folded_rows.h"

namespace liggare::ledger {
namespace {

// In the streams asked for since the cache was last large; as many again may be in the older ones.
constexpr std::size_t recent_events_max = 200'000;

}  // namespace

std::size_t StreamCache::SubjectHash::operator()(const domain::Subject& subject) const {
  return std::hash<std::string>()(subject.id) * 31 + static_cast<std::size_t>(subject.kind);
}

Result<StreamCache::Cached*> StreamCache::load(const domain::Subject& subject) {
  if (const auto found = recent_.find(subject); found != recent_.end()) return &found->second;
  if (auto node = older_.extract(subject)) {
    recent_events_ += node.mapped().stream.events().size() + 1;
    return &recent_.insert(std::move(node)).position->second;
  }
  LIGGARE_TRY(domain::Stream events,
              projection::read_stream(log_, subject.text(), log_.head().tree_size));
  recent_events_ += events.size() + 1;
  Cached& cached = recent_[subject];
  cached.stream = domain::JudgedStream(std::move(events));
  return &cached;
}

Result<const domain::JudgedStream*> StreamCache::stream(const domain::Subject& subject) {
  LIGGARE_TRY(const Cached* cached, load(subject));
  return &cached->stream;
}

void StreamCache::append(domain::Accepted accepted) {
  domain::JudgedStream& stream = recent_.at(accepted.event->event.subject).stream;
  LIGGARE_ASSERT(accepted.event->version == stream.events().size() + 1,
                 "a stream's versions have no gap");
  stream.append(std::move(accepted));
  ++recent_events_;
}

void StreamCache::drop_last(const domain::Subject& subject) {
  Cached& cached = recent_.at(subject);
  cached.timelines.erase(cached.stream.events().size());
  cached.stream.drop_last();
}

Result<domain::TimelinePtr> StreamCache::timeline(const domain::Subject& subject,
                                                  std::uint64_t size) {
  LIGGARE_TRY(Cached * cached, load(subject));
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

bool StreamCache::is_large() const { return recent_events_ > recent_events_max; }

void StreamCache::shrink() {
  if (!is_large()) return;
  older_ = std::move(recent_);
  recent_.clear();
  recent_events_ = 0;
}

}  // namespace liggare::ledger
