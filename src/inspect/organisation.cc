#include "inspect/organisation.h"

#include "projection/folded_rows.h"

namespace liggare::inspect {

bool is_participant(std::string_view subject) {
  return subject.starts_with(domain::name_of(domain::StreamKind::participant)) &&
         subject.substr(domain::name_of(domain::StreamKind::participant).size()).starts_with('/');
}

Result<Organisation> Organisation::read(const store::EventLog& log, std::uint64_t size) {
  Organisation organisation;
  const auto take = [&](std::string_view subject,
                        const std::vector<std::uint64_t>& positions) -> Result<void> {
    if (is_participant(subject)) return {};
    LIGGARE_TRY(domain::Stream stream, projection::read_events(log, positions));
    const domain::Subject named = stream.front()->event.subject;
    organisation.streams_.emplace(named, std::move(stream));
    return {};
  };
  LIGGARE_CHECK(log.streams("", size, take));
  return organisation;
}

bool Organisation::exists(const domain::Subject& subject, std::uint64_t position) const {
  const auto found = streams_.find(subject);
  return found != streams_.end() && found->second.front()->position < position;
}

domain::TimelinePtr Organisation::timeline(const domain::Subject& subject,
                                           std::uint64_t size) const {
  static const auto empty = std::make_shared<const domain::Timeline>();
  const auto found = streams_.find(subject);
  if (found == streams_.end()) return empty;
  const auto known = domain::known_at(found->second, size);
  const std::lock_guard lock(remembered_->mutex);
  const auto [timeline, is_new] =
      remembered_->timelines.try_emplace(std::pair(subject, known.size()));
  if (is_new) {
    timeline->second = std::make_shared<const domain::Timeline>(domain::timeline_of(known));
  }
  return timeline->second;
}

}  // namespace liggare::inspect
