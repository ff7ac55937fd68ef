#include "ledger/stream_cache.h"

#include "projection/folded_rows.h"

namespace liggare::ledger {
std::size_t StreamCache::SubjectHash::operator()(const domain::Subject& subject) const {
  return std::hash<std::string>()(subject.id) * 31 + static_cast<std::size_t>(subject.kind);
}

Result<StreamCache::Cached*> StreamCache::load(const domain::Subject& subject) {
  if (const auto found = recent_.find(subject); found != recent_.end()) return &found->second;
  for (Streams* generation : {&older_, &oldest_}) {
    if (auto node = generation->extract(subject)) {
      recent_events_ += node.mapped().stream.version() - node.mapped().stream.forgotten() + 1;
      return &recent_.insert(std::move(node)).position->second;
    }
  }
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
  for (auto& [subject, cached] : recent_) {
    if (cached.stream.has_facts()) cached.stream.forget_events();
  }
  if (older_.size() + recent_.size() > limits_.older_streams) {
    oldest_ = std::move(older_);
    older_.clear();
  }
  older_.merge(recent_);
  recent_.clear();
  recent_events_ = 0;
}

}  // namespace liggare::ledger
