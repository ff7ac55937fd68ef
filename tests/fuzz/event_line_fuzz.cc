#include "codec/event_json.h"
#include "codec/event_line.h"
#include "codec/parsed_json.h"
#include "codec/record.h"
#include "tests/fuzz/targets.h"

namespace liggare::fuzz {
namespace {

using codec::Submission;

// A correction's data are read once its target's type is known: here, of the first type that they
// may be of. Whether the event is whole now.
bool resolve(Submission& submission) {
  auto* const correction = std::get_if<domain::EventCorrected>(&submission.event.data);
  if (correction == nullptr) return true;
  for (std::size_t type = 0; type < domain::event_type_count; ++type) {
    auto data =
        codec::parse_correction(submission.correction_data, static_cast<domain::EventType>(type));
    if (!data) continue;
    correction->data.payload =
        std::make_shared<const domain::AnyPayload>(domain::AnyPayload{*std::move(data)});
    return true;
  }
  return false;
}

Json in_the_clear(const Submission& submission, PersonalClass personal_class) {
  for (const codec::PersonalText& text : submission.personal) {
    if (text.personal_class == personal_class) return codec::parse_json(text.json).value();
  }
  return {};
}

void write_as_json(const Submission& submission) {
  const auto view = [&](PersonalClass personal_class) {
    return in_the_clear(submission, personal_class);
  };
  const std::string line = codec::client_json(submission.event, view).text();
  auto again = codec::parse_event(line, codec::Sender::own_command);
  LIGGARE_ASSERT(again && resolve(*again), "an event whose own JSON is refused");
  LIGGARE_ASSERT(again->event == submission.event, "an event that its own JSON changes");
  LIGGARE_ASSERT(again->personal == submission.personal, "personal data that their JSON changes");
}

void store(const Submission& submission) {
  codec::Record record;
  record.event.event = submission.event;
  record.event.submitted_by = "staff/S1";
  record.salt.assign(codec::record_salt_bytes, 's');
  for (const codec::PersonalText& text : submission.personal) {
    record.sections.push_back({text.personal_class, "", "", "", "", text.json});
  }
  const auto read = codec::decode_record(codec::encode_record(record), 0);
  LIGGARE_ASSERT(read && *read == record, "an event that its record changes");
}

}  // namespace

void event_line(std::string_view input) {
  const std::string id = codec::event_id_in(input);
  if (const auto events = codec::split_events(input)) {
    for (const std::string& event : *events) {
      LIGGARE_ASSERT(codec::split_events(event), "an event that is no JSON by itself");
    }
  }
  auto submission = codec::parse_event(input, codec::Sender::own_command);
  const auto client = codec::parse_event(input);
  LIGGARE_ASSERT(submission || !client, "a client who may send more than the ledger");
  if (!submission) return;
  LIGGARE_ASSERT(submission->event.id == id, "an event of two ids");
  if (!resolve(*submission)) return;
  write_as_json(*submission);
  store(*submission);
}

}  // namespace liggare::fuzz
