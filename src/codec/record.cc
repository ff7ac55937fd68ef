#include "codec/record.h"

#include <capnp/message.h>
#include <capnp/serialize.h>
#include <kj/exception.h>

#include "codec/framing.h"
#include "codec/record_fields.h"
#include "codec/record_form.h"
#include "codec/record_outline.h"
#include "codec/record_reader.h"
#include "codec/record_writer.h"
#include "event.capnp.h"

namespace liggare::codec {
namespace {

using domain::StreamKind;

static_assert(static_cast<std::size_t>(schema::PersonalClass::OFFENCE) ==
              personal_class_names.size());

std::string string_of(capnp::Text::Reader value) { return {value.begin(), value.size()}; }
std::string string_of(capnp::Data::Reader value) {
  return {reinterpret_cast<const char*>(value.begin()), value.size()};
}

std::string required_text(bool present, capnp::Text::Reader value) {
  if (!present) throw UnreadableRecord{false, "an attribute is missing"};
  return string_of(value);
}

std::optional<std::string> optional_text(bool present, capnp::Text::Reader value) {
  if (!present) return std::nullopt;
  return string_of(value);
}

domain::Subject subject_of(const std::string& text) {
  const auto slash = text.find('/');
  const auto kind = domain::stream_kind_named(std::string_view(text).substr(0, slash));
  if (slash == std::string::npos || !kind) throw UnreadableRecord{true, "an unknown subject"};
  return {*kind, text.substr(slash + 1)};
}

void read_sections(schema::EventRecord::Reader in, Record& record) {
  if (!in.hasPersonal()) return;
  auto& classes = record.event.event.personal.emplace();
  for (const auto section : in.getPersonal()) {
    const auto ordinal = static_cast<std::size_t>(section.getPersonalClass());
    if (ordinal == 0) throw UnreadableRecord{false, "a section without a class"};
    if (ordinal > personal_class_names.size()) throw UnreadableRecord{true, "an unknown class"};
    const auto personal_class = static_cast<PersonalClass>(ordinal - 1);
    classes.push_back(personal_class);
    record.sections.push_back({personal_class, string_of(section.getKeyId()),
                               string_of(section.getIndex()), string_of(section.getSalt()),
                               string_of(section.getCommitment()),
                               string_of(section.getCiphertext())});
  }
}

// Fields that a later schema added would be lost in an event, though not in its bytes.
void check_schema_version(std::uint16_t version) {
  if (version == 0) throw UnreadableRecord{false, "no schema version"};
  if (version > record_schema_version) throw UnreadableRecord{true, "a later schema version"};
}

Record read_record(schema::EventRecord::Reader in, std::uint64_t position) {
  check_schema_version(in.getSchemaVersion());
  Record record;
  record.event.position = position;
  record.event.version = in.getStreamVersion();
  if (record.event.version > INT64_MAX) throw UnreadableRecord{false, "no version"};
  record.event.recorded = Instant{in.getRecorded()};
  if (!is_recorded_time(in.getRecorded())) throw UnreadableRecord{false, "no time"};
  record.event.submitted_by = required_text(in.hasSubmittedby(), in.getSubmittedby());
  domain::Event& event = record.event.event;
  event.id = required_text(in.hasId(), in.getId());
  event.source = required_text(in.hasSource(), in.getSource());
  event.subject = subject_of(required_text(in.hasSubject(), in.getSubject()));
  event.effective = day_of(in.getEffective());
  event.actor = required_text(in.hasActor(), in.getActor());
  event.time = optional_text(in.hasTime(), in.getTime());
  event.purpose = optional_text(in.hasPurpose(), in.getPurpose());
  event.correlation_id = optional_text(in.hasCorrelationid(), in.getCorrelationid());
  event.causation_id = optional_text(in.hasCausationid(), in.getCausationid());
  if (!in.hasData()) throw UnreadableRecord{false, "data is missing"};
  event.data = read_payload(capnp::toDynamic(in.getData()));
  record.salt = string_of(in.getSalt());
  if (record.salt.size() != record_salt_bytes) throw UnreadableRecord{false, "no whole salt"};
  read_sections(in, record);
  return record;
}

}  // namespace

std::string encode_record(const domain::RecordedEvent& event, std::string_view salt,
                          std::span<const Section> sections) {
  LIGGARE_ASSERT(salt.size() == record_salt_bytes, "a record's salt has 16 bytes");
  LIGGARE_ASSERT(sections.size() == (event.event.personal ? event.event.personal->size() : 0),
                 "a section for each class of personal data");
  return write_record(event, salt, sections);
}

std::string encode_record(const Record& record) {
  return encode_record(record.event, record.salt, record.sections);
}

Result<Record> decode_record(std::string_view bytes, std::uint64_t position) {
  if (is_surely_readable(bytes)) return read_in_place(bytes, position);
  return read_with_checks(bytes, position);
}

Result<Record> read_with_checks(std::string_view bytes, std::uint64_t position) {
  const auto name = [&] { return "event " + std::to_string(position) + ": "; };
  auto segment = segment_of(bytes);
  if (!segment) return fail(ErrorCode::corrupt, name() + segment.error().message);
  try {
    const kj::ArrayPtr<const capnp::word> segments[] = {{segment->data(), segment->size()}};
    capnp::ReaderOptions options;
    options.traversalLimitInWords = 8 * segment->size() + 1024;
    capnp::SegmentArrayMessageReader message(kj::arrayPtr(segments, 1), options);
    if (!message.isCanonical()) return fail(ErrorCode::corrupt, name() + "not in canonical form");
    return read_record(message.getRoot<schema::EventRecord>(), position);
  } catch (const UnreadableRecord& unreadable) {
    return fail(unreadable.newer_release ? ErrorCode::unsupported : ErrorCode::corrupt,
                name() + unreadable.what +
                    (unreadable.newer_release ? ": written by a newer liggare" : ""));
  } catch (const kj::Exception&) {
    return fail(ErrorCode::corrupt, name() + "no readable record");
  }
}

Result<domain::RecordedEventPtr> decode_event(std::string_view bytes, std::uint64_t position) {
  if (is_surely_readable(bytes)) return read_event_in_place(bytes, position);
  LIGGARE_TRY(Record record, read_with_checks(bytes, position));
  return std::make_shared<const domain::RecordedEvent>(std::move(record.event));
}

Result<std::string_view> subject_of_record(std::string_view bytes, std::uint64_t position) {
  if (const auto subject = subject_in_place(bytes)) return *subject;
  const auto decoded = read_with_checks(bytes, position);
  LIGGARE_ASSERT(!decoded, "a record in canonical form has its subject in place");
  return Unexpected{decoded.error()};
}

Result<RecordOutline> outline_record(std::string_view bytes, std::uint64_t position) {
  if (!is_surely_readable(bytes)) {
    LIGGARE_CHECK(read_with_checks(bytes, position));
  }
  return read_outline(bytes);
}

}  // namespace liggare::codec
