#include "codec/event_json.h"

#include <fmt/format.h>

namespace liggare::codec {
namespace {

using domain::Described;
using domain::Enumeration;

template <Described Struct>
Json object_of(const Struct& data);
Json payload_json(const domain::Payload& data);

Json to_json(const std::string& value) { return Json(value); }
Json to_json(bool value) { return Json(value); }
Json to_json(std::int64_t value) { return Json(value); }
Json to_json(Day value) { return Json(value); }
Json to_json(const domain::CorrectedData& value) { return payload_json(value.payload->value); }
template <Enumeration Enum>
Json to_json(Enum value) {
  return Json(domain::word_of(value));
}
template <Described Struct>
Json to_json(const Struct& value) {
  return object_of(value);
}
template <class T>
Json to_json(const std::vector<T>& values) {
  Json list = Json::array();
  for (const T& value : values) list.push(to_json(value));
  return list;
}

template <class T>
void add_member(Json& json, std::string_view name, const T& value) {
  json.add(name, to_json(value));
}
// An absent optional stays absent.
template <class T>
void add_member(Json& json, std::string_view name, const std::optional<T>& value) {
  if (value) json.add(name, to_json(*value));
}

template <Described Struct>
Json object_of(const Struct& data) {
  Json json = Json::object();
  domain::for_each_field<Struct>(
      [&](const auto& field) { add_member(json, field.name, data.*(field.member)); });
  return json;
}

Json payload_json(const domain::Payload& data) {
  return std::visit([](const auto& payload) { return object_of(payload); }, data);
}

}  // namespace

Json sealed_view(PersonalClass) { return Json::object().add("sealed", true); }

Json client_json(const domain::Event& event, const PersonalView& personal) {
  Json json = Json::object();
  json.add("specversion", "1.0")
      .add("id", event.id)
      .add("source", event.source)
      .add("type", domain::name_of(event.type()))
      .add("subject", event.subject.text())
      .add("effective", event.effective)
      .add("actor", event.actor);
  add_member(json, "time", event.time);
  add_member(json, "purpose", event.purpose);
  add_member(json, "correlationid", event.correlation_id);
  add_member(json, "causationid", event.causation_id);
  Json data = payload_json(event.data);
  if (event.personal) {
    Json classes = Json::object();
    for (const PersonalClass personal_class : *event.personal) {
      classes.add(name_of(personal_class), personal(personal_class));
    }
    data.add("personal", std::move(classes));
  }
  json.add("data", std::move(data));
  return json;
}

Json event_json(const domain::RecordedEvent& event, const PersonalView& personal) {
  Json json = client_json(event.event, personal);
  json.add("sequence", sequence_text(event.position))
      .add("recorded", event.recorded.text())
      .add("streamversion", event.version)
      .add("submittedby", event.submitted_by);
  return json;
}

std::string sequence_text(std::uint64_t position) { return fmt::format("{:020}", position); }

}  // namespace liggare::codec
