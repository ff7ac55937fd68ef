#include "codec/event_line.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <set>

#include "base/json.h"
#include "codec/faults.h"
#include "codec/field_json.h"
#include "codec/text.h"
#include "domain/formats.h"
#include "domain/person_number.h"

namespace liggare::codec {
namespace {

using domain::EventType;
using domain::Rejection;
using domain::RejectionCode;
using domain::StreamKind;
using simdjson::dom::element;
using simdjson::dom::object;

Unexpected<Rejection> refuse(RejectionCode code, std::string path) {
  return Unexpected{Rejection{code, std::move(path)}};
}

simdjson::dom::parser& thread_parser() {
  thread_local simdjson::dom::parser parser;
  return parser;
}

// The keys of one object. Most have few, which are compared without asking for memory.
class FewKeys {
 public:
  // False where it is there already.
  bool add(std::string_view key) {
    const auto end = few_.begin() + count_;
    if (std::find(few_.begin(), end, key) != end) return false;
    if (count_ < few_.size()) {
      few_[count_++] = key;
      return true;
    }
    return others_.insert(key).second;
  }

 private:
  std::array<std::string_view, 24> few_;
  std::size_t count_ = 0;
  std::set<std::string_view> others_;
};

// A key that stands twice makes the JSON mean two things (contract P2).
bool has_duplicate_key(element json) {
  if (object members; json.get(members) == simdjson::SUCCESS) {
    FewKeys keys;
    for (const auto member : members) {
      if (!keys.add(member.key) || has_duplicate_key(member.value)) return true;
    }
  } else if (simdjson::dom::array elements; json.get(elements) == simdjson::SUCCESS) {
    for (const element item : elements) {
      if (has_duplicate_key(item)) return true;
    }
  }
  return false;
}

// The attributes around data.
class Envelope {
 public:
  Envelope(object members, Sender sender) : members_(members), sender_(sender) {}

  Result<object, Rejection> read(domain::Event& event) {
    for (const auto member : members_) {
      if (std::find(known.begin(), known.end(), member.key) == known.end()) {
        faults_.unknown_field("$" + path_step(member.key));
      }
    }
    read_specversion();
    event.id = required("id", domain::is_event_id);
    event.source = required("source", domain::is_uri_reference);
    const auto type = read_type();
    read_subject(event, type);
    read_effective(event);
    event.actor = required("actor", domain::is_actor);
    event.time =
        optional("time", [](std::string_view text) { return parse_rfc3339(text).has_value(); });
    optional("datacontenttype", [](std::string_view text) { return text == "application/json"; });
    event.purpose = optional("purpose", domain::is_id);
    event.correlation_id = optional("correlationid", domain::is_event_id);
    event.causation_id = optional("causationid", domain::is_event_id);
    object data;
    if (const auto found = find("data")) {
      if (found->get(data) != simdjson::SUCCESS) faults_.invalid_field("$.data");
    } else {
      faults_.missing_field("$.data");
    }
    if (!faults_.none()) return Unexpected{*faults_.first()};
    event.data = domain::make_payload(*type);
    return data;
  }

 private:
  static constexpr auto known = std::to_array<std::string_view>(
      {"specversion", "id", "source", "type", "subject", "effective", "actor", "time",
       "datacontenttype", "purpose", "correlationid", "causationid", "data"});

  std::optional<element> find(std::string_view name) const {
    const auto found = members_.at_key(name);
    if (found.error() != simdjson::SUCCESS) return std::nullopt;
    return found.value_unsafe();
  }

  template <class IsValid>
  std::optional<std::string> optional(std::string_view name, IsValid is_valid) {
    const auto found = find(name);
    if (!found) return std::nullopt;
    std::string_view text;
    if (found->get(text) != simdjson::SUCCESS || !is_valid(text) ||
        domain::contains_person_number(text)) {
      faults_.invalid_field("$." + std::string(name));
      return std::nullopt;
    }
    return std::string(text);
  }

  template <class IsValid>
  std::string required(std::string_view name, IsValid is_valid) {
    if (!find(name)) faults_.missing_field("$." + std::string(name));
    return optional(name, is_valid).value_or(std::string());
  }

  void read_specversion() {
    required("specversion", [](std::string_view text) { return text == "1.0"; });
  }

  std::optional<EventType> read_type() {
    std::optional<EventType> type;
    required("type", [&](std::string_view text) {
      type = domain::event_type_named(text);
      if (type && sender_ == Sender::client && domain::is_own_command(*type)) type.reset();
      return type.has_value();
    });
    return type;
  }

  void read_subject(domain::Event& event, std::optional<EventType> type) {
    required("subject", [&](std::string_view text) {
      const auto slash = text.find('/');
      if (slash == std::string_view::npos) return false;
      const auto kind = domain::stream_kind_named(text.substr(0, slash));
      const std::string_view id = text.substr(slash + 1);
      if (!kind || !domain::is_id(id)) return false;
      if (*kind == StreamKind::policy && id != "ledger") return false;
      const auto home = type ? domain::home_of(*type) : std::nullopt;
      if (home && home != kind) return false;
      event.subject = {*kind, std::string(id)};
      return true;
    });
  }

  void read_effective(domain::Event& event) {
    required("effective", [&](std::string_view text) {
      const auto day = Day::parse(text);
      if (day) event.effective = *day;
      return day.has_value();
    });
  }

  object members_;
  Sender sender_;
  Faults faults_;
};

bool is_valid_identity(std::string_view key, std::string_view text) {
  if (key == "personnummer") return domain::is_personal_identity_number(text);
  if (key == "samordningsnummer") return domain::is_coordination_number(text);
  return true;
}

std::string read_personal_class(PersonalClass personal_class, element json, const std::string& path,
                                Faults& faults) {
  object members;
  if (json.get(members) != simdjson::SUCCESS) {
    faults.invalid_field(path);
    return {};
  }
  Json values = Json::object();
  for (const auto member : members) {
    std::string_view text;
    if (member.value.get(text) != simdjson::SUCCESS || !is_personal_text(text) ||
        !is_plain_text(member.key) ||
        (personal_class == PersonalClass::identity && !is_valid_identity(member.key, text))) {
      faults.invalid_field(path + path_step(member.key));
      continue;
    }
    values.add(member.key, Json(text));
  }
  return values.canonical_text();
}

void read_personal(element json, Submission& submission, Faults& faults) {
  const std::string path = "$.data.personal";
  object members;
  if (json.get(members) != simdjson::SUCCESS) return faults.invalid_field(path);
  for (const auto member : members) {
    const auto personal_class = personal_class_named(member.key);
    if (!personal_class) {
      faults.unknown_field(path + path_step(member.key));
      continue;
    }
    submission.personal.push_back(
        {*personal_class,
         read_personal_class(*personal_class, member.value, path + path_step(member.key), faults)});
  }
  std::sort(submission.personal.begin(), submission.personal.end(),
            [](const PersonalText& left, const PersonalText& right) {
              return left.personal_class < right.personal_class;
            });
  auto& classes = submission.event.personal.emplace();
  for (const PersonalText& text : submission.personal) classes.push_back(text.personal_class);
}

std::optional<Rejection> read_data(object data, Submission& submission) {
  domain::Event& event = submission.event;
  const EventType type = event.type();
  Faults faults;
  const auto personal_member = event.subject.kind == StreamKind::participant
                                   ? PersonalMember::allowed
                                   : PersonalMember::refused;
  const auto personal = data.at_key("personal");
  if (personal.error() == simdjson::SUCCESS) {
    if (personal_member == PersonalMember::allowed) {
      read_personal(personal.value_unsafe(), submission, faults);
    }
  } else if (type == EventType::note_recorded) {
    faults.missing_field("$.data.personal");  // Contract P3.
  }
  event.data = read_payload(type, data, "$.data", personal_member, faults);
  if (faults.none() && type == EventType::event_corrected) {
    submission.correction_data = simdjson::minify(data.at_key("data").value());
  }
  return faults.first();
}

// Parses `text` as one JSON value without a key that stands twice.
Result<element, Rejection> parse(std::string_view text) {
  element json;
  if (thread_parser().parse(text.data(), text.size()).get(json) != simdjson::SUCCESS ||
      has_duplicate_key(json)) {
    return refuse(RejectionCode::invalid_field, "$");
  }
  return json;
}

}  // namespace

Result<Submission, Rejection> parse_event(std::string_view line, Sender sender) {
  if (line.size() > line_bytes_max) {
    return refuse(RejectionCode::too_large, std::to_string(line.size()) + " bytes");
  }
  LIGGARE_TRY(const element json, parse(line));
  object members;
  if (json.get(members) != simdjson::SUCCESS) return refuse(RejectionCode::invalid_field, "$");
  Submission submission;
  LIGGARE_TRY(const object data, Envelope(members, sender).read(submission.event));
  if (auto rejection = read_data(data, submission)) return Unexpected{*std::move(rejection)};
  return submission;
}

std::string event_id_in(std::string_view line) {
  const auto json = parse(line);
  std::string_view id;
  if (!json || (*json)["id"].get(id) != simdjson::SUCCESS || !domain::is_event_id(id) ||
      domain::contains_person_number(id)) {
    return {};
  }
  return std::string(id);
}

Result<std::vector<std::string>, Rejection> split_events(std::string_view text) {
  LIGGARE_TRY(const element json, parse(text));
  std::vector<std::string> events;
  if (simdjson::dom::array elements; json.get(elements) == simdjson::SUCCESS) {
    for (const element item : elements) events.push_back(simdjson::minify(item));
  } else {
    events.push_back(simdjson::minify(json));
  }
  return events;
}

Result<domain::Payload, Rejection> parse_correction(std::string_view correction_data,
                                                    EventType type) {
  LIGGARE_TRY(const element json, parse(correction_data));
  object members;
  if (json.get(members) != simdjson::SUCCESS) {
    return refuse(RejectionCode::invalid_field, "$.data.data");
  }
  Faults faults;
  domain::Payload payload =
      read_payload(type, members, "$.data.data", PersonalMember::refused, faults);
  if (!faults.none()) return Unexpected{*faults.first()};
  return payload;
}

}  // namespace liggare::codec
