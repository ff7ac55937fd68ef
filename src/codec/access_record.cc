#include "codec/access_record.h"

#include <capnp/message.h>
#include <capnp/serialize.h>
#include <kj/exception.h>

#include <limits>

#include "access.capnp.h"
#include "base/bytes.h"
#include "codec/framing.h"
#include "codec/record.h"
#include "codec/record_fields.h"
#include "codec/record_form.h"

namespace liggare::codec {
namespace {

constexpr std::uint16_t access_schema_version = 1;

using Out = schema::AccessRecord::Builder;
using In = schema::AccessRecord::Reader;

capnp::Text::Reader text(const std::string& value) { return {value.c_str(), value.size()}; }
capnp::Data::Reader data_of(std::string_view value) {
  return {reinterpret_cast<const kj::byte*>(value.data()), value.size()};
}
std::string string_of(capnp::Text::Reader value) { return {value.begin(), value.size()}; }
std::string string_of(capnp::Data::Reader value) {
  return {reinterpret_cast<const char*>(value.begin()), value.size()};
}

// Ordinal 0 is "unset"; the others follow the order of the enumeration's words.
template <class Stored, class Value>
Stored stored(Value value) {
  return static_cast<Stored>(static_cast<unsigned>(value) + 1);
}

template <class Value, class Stored>
std::optional<Value> optional_word(Stored stored_word, std::size_t words) {
  const auto ordinal = static_cast<std::size_t>(stored_word);
  if (ordinal == 0) return std::nullopt;
  if (ordinal > words) throw UnreadableRecord{true, "an unknown word"};
  return static_cast<Value>(ordinal - 1);
}

template <domain::Enumeration Value, class Stored>
std::optional<Value> optional_word(Stored stored_word) {
  return optional_word<Value>(stored_word, domain::Words<Value>::values.size());
}

template <domain::Enumeration Value, class Stored>
Value required_word(Stored stored_word) {
  const auto word = optional_word<Value>(stored_word);
  if (!word) throw UnreadableRecord{false, "a word is missing"};
  return *word;
}

std::string required_text(bool present, capnp::Text::Reader value) {
  if (!present || value.size() == 0) throw UnreadableRecord{false, "an attribute is missing"};
  return string_of(value);
}

// Positions and sizes are shown in JSON, whose integers are signed here.
std::uint64_t count_in(std::uint64_t number) {
  if (number > INT64_MAX) throw UnreadableRecord{false, "a position beyond all"};
  return number;
}

template <class List>
void write_classes(const std::vector<PersonalClass>& classes, List out) {
  for (unsigned i = 0; i < out.size(); ++i) {
    out.set(i, stored<schema::PersonalClass>(classes[i]));
  }
}

template <class List>
std::vector<PersonalClass> read_classes(List in) {
  std::vector<PersonalClass> classes;
  for (const auto each : in) {
    const auto one = optional_word<PersonalClass>(each, personal_class_names.size());
    if (!one) throw UnreadableRecord{false, "an unset class"};
    classes.push_back(*one);
  }
  return classes;
}

void write_section(const Section& section, schema::Section::Builder out) {
  out.setPersonalClass(stored<schema::PersonalClass>(section.personal_class));
  out.setKeyId(data_of(section.key_id));
  out.setIndex(data_of(section.index));
  out.setSalt(data_of(section.salt));
  out.setCommitment(data_of(section.commitment));
  out.setCiphertext(data_of(section.ciphertext));
}

Section read_section(schema::Section::Reader in) {
  const auto personal_class =
      optional_word<PersonalClass>(in.getPersonalClass(), personal_class_names.size());
  if (!personal_class) throw UnreadableRecord{false, "a section without a class"};
  return {*personal_class,         string_of(in.getKeyId()),      string_of(in.getIndex()),
          string_of(in.getSalt()), string_of(in.getCommitment()), string_of(in.getCiphertext())};
}

void write_who(const access::Record& record, Out out) {
  out.setWho(text(record.who));
  out.setSubmittedby(text(record.submitted_by));
  if (record.role) out.setRole(stored<schema::StaffRole>(*record.role));
  if (record.relation) out.setRelation(stored<schema::Relation>(*record.relation));
  if (!record.subject.empty()) out.setSubject(text(record.subject));
  if (record.purpose) out.setPurpose(stored<schema::AccessPurpose>(*record.purpose));
}

void write_what(const access::Record& record, Out out) {
  write_classes(record.classes, out.initClasses(static_cast<unsigned>(record.classes.size())));
  write_classes(record.refused_classes,
                out.initRefusedClasses(static_cast<unsigned>(record.refused_classes.size())));
  auto events = out.initEvents(static_cast<unsigned>(record.events.size()));
  for (unsigned i = 0; i < events.size(); ++i) events.set(i, record.events[i]);
  out.setLedgerSize(record.ledger_size);
  if (!record.code.empty()) out.setCode(text(record.code));
  if (!record.event_type.empty()) out.setEventType(text(record.event_type));
  if (!record.event_id.empty()) out.setEventId(text(record.event_id));
  if (record.reason) write_section(*record.reason, out.initReason());
  if (!record.break_glass.empty()) out.setBreakGlass(text(record.break_glass));
  if (record.before) {
    auto before = out.initBefore();
    before.setYear(static_cast<std::uint16_t>(record.before->year));
    before.setSize(record.before->size);
    before.setRoot(data_of(record.before->root.view()));
  }
  if (record.content) out.setContentDigest(data_of(record.content->view()));
}

void read_who(In in, access::Record& record) {
  record.who = required_text(in.hasWho(), in.getWho());
  record.submitted_by = required_text(in.hasSubmittedby(), in.getSubmittedby());
  record.role = optional_word<access::Role>(in.getRole());
  record.relation = optional_word<access::Relation>(in.getRelation());
  record.subject = string_of(in.getSubject());
  record.purpose = optional_word<access::Purpose>(in.getPurpose());
}

void read_what(In in, access::Record& record) {
  record.classes = read_classes(in.getClasses());
  record.refused_classes = read_classes(in.getRefusedClasses());
  for (const std::uint64_t position : in.getEvents()) record.events.push_back(count_in(position));
  record.ledger_size = count_in(in.getLedgerSize());
  record.code = string_of(in.getCode());
  record.event_type = string_of(in.getEventType());
  record.event_id = string_of(in.getEventId());
  if (in.hasReason()) record.reason = read_section(in.getReason());
  record.break_glass = string_of(in.getBreakGlass());
  if (in.hasContentDigest()) {
    const std::string content = string_of(in.getContentDigest());
    if (content.size() != hash_bytes) throw UnreadableRecord{false, "no whole digest"};
    record.content = Hash::from(content);
  }
  if (!in.hasBefore()) return;
  const auto before = in.getBefore();
  const std::string root = string_of(before.getRoot());
  if (root.size() != hash_bytes) throw UnreadableRecord{false, "no whole root"};
  record.before = {before.getYear(), count_in(before.getSize()), Hash::from(root)};
}

access::Record read_record(In in) {
  if (in.getSchemaVersion() == 0) throw UnreadableRecord{false, "no schema version"};
  if (in.getSchemaVersion() > access_schema_version) {
    throw UnreadableRecord{true, "a later schema version"};
  }
  access::Record record;
  record.id = required_text(in.hasId(), in.getId());
  record.recorded = Instant{in.getRecorded()};
  if (!is_recorded_time(in.getRecorded())) throw UnreadableRecord{false, "no time"};
  record.action = required_word<access::Action>(in.getAction());
  record.outcome = required_word<access::Outcome>(in.getOutcome());
  read_who(in, record);
  read_what(in, record);
  record.salt = string_of(in.getSalt());
  if (record.salt.size() != record_salt_bytes) throw UnreadableRecord{false, "no whole salt"};
  return record;
}

Json names_of(const std::vector<PersonalClass>& classes) {
  Json names = Json::array();
  for (const PersonalClass one : classes) names.push(name_of(one));
  return names;
}

Json numbers(const std::vector<std::uint64_t>& values) {
  Json list = Json::array();
  for (const std::uint64_t value : values) list.push(value);
  return list;
}

template <domain::Enumeration Value>
Json word_or_null(const std::optional<Value>& value) {
  return value ? Json(domain::word_of(*value)) : Json();
}

Json text_or_null(const std::string& value) { return value.empty() ? Json() : Json(value); }

Json before_json(const std::optional<access::YearBefore>& before) {
  if (!before) return {};
  return Json::object()
      .add("year", before->year)
      .add("size", before->size)
      .add("root", to_hex(before->root.view()));
}

}  // namespace

std::string encode_access_record(const access::Record& record) {
  LIGGARE_ASSERT(record.salt.size() == record_salt_bytes, "a record's salt has 16 bytes");
  LIGGARE_ASSERT(!record.before || record.before->year <= std::numeric_limits<std::uint16_t>::max(),
                 "a year has four digits");
  capnp::MallocMessageBuilder message;
  auto root = message.initRoot<schema::AccessRecord>();
  root.setId(text(record.id));
  root.setSchemaVersion(access_schema_version);
  root.setRecorded(record.recorded.microseconds);
  root.setAction(stored<schema::AccessAction>(record.action));
  root.setOutcome(stored<schema::AccessOutcome>(record.outcome));
  write_who(record, root);
  write_what(record, root);
  root.setSalt(data_of(record.salt));
  const auto canonical = capnp::canonicalize(root.asReader());
  return framed(canonical);
}

Result<access::Record> decode_access_record(std::string_view bytes, std::string_view place) {
  const std::string name = std::string(place) + ": ";
  auto segment = segment_of(bytes);
  if (!segment) return fail(ErrorCode::corrupt, name + segment.error().message);
  try {
    const kj::ArrayPtr<const capnp::word> segments[] = {{segment->data(), segment->size()}};
    capnp::ReaderOptions options;
    options.traversalLimitInWords = 8 * segment->size() + 1024;
    capnp::SegmentArrayMessageReader message(kj::arrayPtr(segments, 1), options);
    access::Record record = read_record(message.getRoot<schema::AccessRecord>());
    // Another form than the canonical, an empty text, a field that this version has not: nobody has
    // written such a record.
    if (encode_access_record(record) == bytes) return record;
    return fail(ErrorCode::corrupt, name + "not as it was written");
  } catch (const UnreadableRecord& unreadable) {
    return fail(
        unreadable.newer_release ? ErrorCode::unsupported : ErrorCode::corrupt,
        name + unreadable.what + (unreadable.newer_release ? ": written by a newer liggare" : ""));
  } catch (const kj::Exception&) {
    return fail(ErrorCode::corrupt, name + "no readable record");
  }
}

Json access_json(const access::Record& record) {
  return Json::object()
      .add("id", record.id)
      .add("recorded", record.recorded.text())
      .add("action", domain::word_of(record.action))
      .add("outcome", domain::word_of(record.outcome))
      .add("who", record.who)
      .add("submittedby", record.submitted_by)
      .add("role", word_or_null(record.role))
      .add("relation", word_or_null(record.relation))
      .add("subject", text_or_null(record.subject))
      .add("classes", names_of(record.classes))
      .add("refusedClasses", names_of(record.refused_classes))
      .add("events", numbers(record.events))
      .add("ledgerSize", record.ledger_size)
      .add("purpose", word_or_null(record.purpose))
      .add("code", text_or_null(record.code))
      .add("eventType", text_or_null(record.event_type))
      .add("eventId", text_or_null(record.event_id))
      .add("reason", record.reason ? Json::object().add("sealed", true) : Json())
      .add("breakGlass", text_or_null(record.break_glass))
      .add("before", before_json(record.before))
      .add("contentDigest", record.content ? Json(to_hex(record.content->view())) : Json());
}

}  // namespace liggare::codec
