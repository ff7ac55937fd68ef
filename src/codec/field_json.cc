#include "codec/field_json.h"

#include "codec/text.h"
#include "domain/formats.h"
#include "domain/value_rules.h"

namespace liggare::codec {
namespace {

using domain::Described;
using domain::Enumeration;
using simdjson::dom::element;
using simdjson::dom::object;

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};

class FieldReader {
 public:
  explicit FieldReader(Faults& faults) : faults_(faults) {}

  template <Described Struct>
  void read(Struct& out, object members, const std::string& path, PersonalMember personal) {
    refuse_unknown<Struct>(members, path, personal);
    std::size_t present = 0;
    domain::for_each_field<Struct>([&](const auto& field) {
      const std::string field_path = path + "." + std::string(field.name);
      auto& member = out.*(field.member);
      const auto found = members.at_key(field.name);
      if (found.error() != simdjson::SUCCESS) {
        constexpr bool optional = IsOptional<std::remove_reference_t<decltype(member)>>::value;
        if (!optional) faults_.missing_field(field_path);
        return;
      }
      ++present;
      if (!field.needs.empty() && members.at_key(field.needs).error() != simdjson::SUCCESS) {
        faults_.missing_field(path + "." + std::string(field.needs));
      }
      read_value(member, found.value_unsafe(), field_path, field);
    });
    if constexpr (domain::ExactlyOne<Struct>) {
      if (present != 1) faults_.invalid_field(path);
    }
  }

 private:
  template <Described Struct>
  void refuse_unknown(object members, const std::string& path, PersonalMember personal) {
    for (const auto member : members) {
      bool known = personal == PersonalMember::allowed && member.key == "personal";
      domain::for_each_field<Struct>(
          [&](const auto& field) { known = known || field.name == member.key; });
      if (!known) faults_.unknown_field(path + path_step(member.key));
    }
  }

  template <class T, class FieldOf>
  void read_value(std::optional<T>& out, element json, const std::string& path,
                  const FieldOf& field) {
    T value = fresh<T>();
    read_value(value, json, path, field);
    out = std::move(value);
  }

  template <class T, class FieldOf>
  void read_value(std::vector<T>& out, element json, const std::string& path,
                  const FieldOf& field) {
    simdjson::dom::array elements;
    if (json.get(elements) != simdjson::SUCCESS) return faults_.invalid_field(path);
    out.clear();
    for (const element item : elements) {
      T value = fresh<T>();
      read_value(value, item, path + "[" + std::to_string(out.size()) + "]", field);
      out.push_back(std::move(value));
    }
  }

  template <Described Struct, class FieldOf>
  void read_value(Struct& out, element json, const std::string& path, const FieldOf&) {
    object members;
    if (json.get(members) != simdjson::SUCCESS) return faults_.invalid_field(path);
    read(out, members, path, PersonalMember::refused);
  }

  template <Enumeration Enum, class FieldOf>
  void read_value(Enum& out, element json, const std::string& path, const FieldOf&) {
    std::string_view word;
    if (json.get(word) != simdjson::SUCCESS) return faults_.invalid_field(path);
    const auto value = domain::from_word<Enum>(word);
    if (!value) return faults_.invalid_field(path);
    out = *value;
  }

  template <class FieldOf>
  void read_value(std::string& out, element json, const std::string& path, const FieldOf& field) {
    std::string_view text;
    if (json.get(text) != simdjson::SUCCESS || !is_plain_text(text) ||
        !domain::has_format(text, field.format)) {
      return faults_.invalid_field(path);
    }
    out = text;
  }

  template <class FieldOf>
  void read_value(Day& out, element json, const std::string& path, const FieldOf&) {
    std::string_view text;
    if (json.get(text) != simdjson::SUCCESS) return faults_.invalid_field(path);
    const auto day = Day::parse(text);
    if (!day) return faults_.invalid_field(path);
    out = *day;
  }

  template <class FieldOf>
  void read_value(bool& out, element json, const std::string& path, const FieldOf&) {
    if (json.get(out) != simdjson::SUCCESS) faults_.invalid_field(path);
  }

  template <class FieldOf>
  void read_value(std::int64_t& out, element json, const std::string& path, const FieldOf& field) {
    if (json.get(out) != simdjson::SUCCESS || out < field.minimum || out > field.maximum) {
      faults_.invalid_field(path);
    }
  }

  template <class FieldOf>
  void read_value(domain::CorrectedData&, element json, const std::string& path, const FieldOf&) {
    if (!json.is_object()) faults_.invalid_field(path);
  }

  template <class T>
  static T fresh() {
    if constexpr (std::is_same_v<T, Day>) {
      return Day::first();
    } else {
      return T{};
    }
  }

  Faults& faults_;
};

}  // namespace

domain::Payload read_payload(domain::EventType type, object members, const std::string& path,
                             PersonalMember personal, Faults& faults) {
  domain::Payload payload = domain::make_payload(type);
  std::visit([&](auto& data) { FieldReader(faults).read(data, members, path, personal); }, payload);
  if (faults.none()) {
    if (const auto invalid = domain::invalid_value(payload)) faults.invalid_field(path + *invalid);
  }
  return payload;
}

}  // namespace liggare::codec
