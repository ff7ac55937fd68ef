#include "tests/inspect/scribe.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/plain_sections.h"

namespace liggare::inspect {
std::uint64_t Scribe::add(const domain::Event& event, Instant recorded) {
  const std::string subject = event.subject.text();
  domain::RecordedEvent written{event, size(), ++versions_[subject], recorded, "local/0"};
  const std::string salt = fmt::format("{:016}", written.position);
  const std::string bytes = codec::encode_record(written, salt, test::sections_of(event));
  const store::NewRecord record{event.id, subject, written.version, bytes};
  EXPECT_TRUE(log_->append({&record, 1}));
  last_recorded_ = std::max(last_recorded_, recorded);
  return written.position;
}

std::uint64_t Scribe::add_own(domain::Payload data) {
  domain::Event event = event_of(fmt::format("own-{}", size()),
                                 {domain::StreamKind::ledger, "main"}, std::move(data));
  event.effective = last_recorded_.ledger_day();
  return add(event);
}

void Scribe::add_all(const std::vector<domain::RecordedEventPtr>& events) {
  for (const domain::RecordedEventPtr& event : events) add(event->event, event->recorded);
}

domain::Event event_of(const std::string& id, const domain::Subject& subject,
                       domain::Payload data) {
  domain::Event event;
  event.id = id;
  event.source = "test/inspect";
  event.subject = subject;
  event.effective = *Day::from_date(2020, 1, 1);
  event.actor = "system/test";
  event.data = std::move(data);
  return event;
}

merkle::SigningKey signing_key(const std::string& origin, char seed) {
  return {origin, merkle::KeyType::ed25519, SecretKey(std::string(key_bytes, seed))};
}

std::string signed_head(const merkle::TreeHead& head, const std::string& origin,
                        const merkle::SigningKey& key) {
  return merkle::sign_checkpoint({origin, head}, {&key, 1}).print();
}

}  // namespace liggare::inspect
