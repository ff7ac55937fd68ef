#include "ledger/known_streams.h"

#include "codec/record.h"

namespace liggare::ledger {

Result<projection::StreamsBySubject> known_streams(
    const store::EventLog& log, std::uint64_t size,
    const std::function<bool(const domain::Subject&)>& wanted) {
  projection::StreamsBySubject streams;
  LIGGARE_CHECK(
      log.scan({0, size}, [&](std::uint64_t position, std::string_view bytes) -> Result<void> {
        LIGGARE_TRY(auto event, codec::decode_event(bytes, position));
        const domain::Subject& subject = event->event.subject;
        if (wanted(subject)) streams[subject].push_back(std::move(event));
        return {};
      }));
  return streams;
}

Result<std::vector<std::string>> ids_of(const store::EventLog& log, domain::StreamKind kind,
                                        std::uint64_t size) {
  const std::string prefix = std::string(domain::name_of(kind)) + "/";
  std::vector<std::string> ids;
  LIGGARE_CHECK(
      log.streams(prefix, size, [&](std::string_view subject, const auto&) -> Result<void> {
        if (subject.starts_with(prefix)) ids.emplace_back(subject.substr(prefix.size()));
        return {};
      }));
  return ids;
}

Result<Json> named_events(const store::EventLog& log, std::span<const std::uint64_t> positions) {
  Json events = Json::array();
  for (const std::uint64_t position : positions) {
    LIGGARE_TRY(const std::string bytes, log.record(position));
    LIGGARE_TRY(const codec::Record record, codec::decode_record(bytes, position));
    const domain::Event& event = record.event.event;
    events.push(Json::object()
                    .add("position", position)
                    .add("id", event.id)
                    .add("type", domain::name_of(event.type()))
                    .add("subject", event.subject.text())
                    .add("effective", event.effective));
  }
  return events;
}

}  // namespace liggare::ledger
