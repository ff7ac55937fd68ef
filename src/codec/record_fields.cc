#include "codec/record_fields.h"

#include <array>
#include <string>
#include <vector>

namespace liggare::codec {
namespace {

using capnp::DynamicEnum;
using capnp::DynamicList;
using capnp::DynamicStruct;
using capnp::StructSchema;
using domain::Described;
using domain::Enumeration;
using domain::ExactlyOne;

using SchemaField = StructSchema::Field;

// The schema's fields of Struct in the order of its field list, looked up once.
template <Described Struct>
const std::vector<SchemaField>& schema_fields(StructSchema schema) {
  static const std::vector<SchemaField> fields = [&] {
    std::vector<SchemaField> found;
    domain::for_each_field<Struct>([&](const auto& field) {
      found.push_back(schema.getFieldByName(std::string(field.name).c_str()));
    });
    return found;
  }();
  return fields;
}

template <class T>
concept Scalar = std::is_same_v<T, std::string> || std::is_same_v<T, Day> ||
    std::is_same_v<T, bool> || std::is_same_v<T, std::int64_t> || Enumeration<T>;

[[noreturn]] void damaged(const char* what) { throw UnreadableRecord{false, what}; }
[[noreturn]] void too_new(const char* what) { throw UnreadableRecord{true, what}; }

template <Described Struct>
void read_struct(Struct& data, DynamicStruct::Reader in);

void read_scalar(std::string& out, const capnp::DynamicValue::Reader& in) {
  const auto text = in.as<capnp::Text>();
  out.assign(text.begin(), text.size());
}
void read_scalar(Day& out, const capnp::DynamicValue::Reader& in) {
  out = day_of(in.as<std::uint32_t>());
}
void read_scalar(bool& out, const capnp::DynamicValue::Reader& in) { out = in.as<bool>(); }
void read_scalar(std::int64_t& out, const capnp::DynamicValue::Reader& in) {
  out = in.as<std::int64_t>();
}
template <Enumeration Enum>
void read_scalar(Enum& out, const capnp::DynamicValue::Reader& in) {
  const std::uint16_t ordinal = in.as<DynamicEnum>().getRaw();
  if (ordinal == 0) damaged("a word is unset");
  if (ordinal > domain::Words<Enum>::values.size()) too_new("an unknown word");
  out = static_cast<Enum>(ordinal - 1);
}

// Whether an optional scalar is there: pointers are null, numbers and words zero, unions absent.
template <Scalar T>
bool is_present(DynamicStruct::Reader in, SchemaField field) {
  const capnp::Type type = field.getType();
  if (type.isStruct()) {
    const auto choice = in.get(field).as<DynamicStruct>();
    return choice.has(choice.getSchema().getFieldByName("value"));
  }
  if (type.isText()) return in.has(field);
  if constexpr (Enumeration<T>) {
    return in.get(field).as<DynamicEnum>().getRaw() != 0;
  } else {
    return in.get(field).as<std::uint64_t>() != 0;
  }
}

template <Scalar T>
void read_value(T& out, DynamicStruct::Reader in, SchemaField field) {
  const capnp::Type type = field.getType();
  if (type.isVoid()) {
    if constexpr (std::is_same_v<T, bool>) out = true;
  } else if (type.isStruct()) {
    read_scalar(out, in.get(field).as<DynamicStruct>().get("value"));
  } else {
    if (type.isText() && !in.has(field)) damaged("a text is missing");
    read_scalar(out, in.get(field));
  }
}

template <Described Struct>
void read_value(Struct& out, DynamicStruct::Reader in, SchemaField field) {
  if (!in.has(field)) damaged("a part is missing");
  read_struct(out, in.get(field).as<DynamicStruct>());
}

template <class T>
void read_value(std::vector<T>& out, DynamicStruct::Reader in, SchemaField field) {
  if (!in.has(field)) damaged("a list is missing");
  out.clear();
  for (const auto element : in.get(field).as<DynamicList>()) {
    T& value = out.emplace_back();
    if constexpr (Described<T>) {
      read_struct(value, element.template as<DynamicStruct>());
    } else {
      read_scalar(value, element);
    }
  }
}

void read_value(domain::CorrectedData& out, DynamicStruct::Reader in, SchemaField field) {
  if (!in.has(field)) damaged("a correction without data");
  out.payload = std::make_shared<const domain::AnyPayload>(
      domain::AnyPayload{read_payload(in.get(field).as<DynamicStruct>())});
}

template <class T>
void read_value(std::optional<T>& out, DynamicStruct::Reader in, SchemaField field) {
  if constexpr (Scalar<T>) {
    if (!is_present<T>(in, field)) return;
  } else {
    if (!in.has(field)) return;
  }
  if constexpr (std::is_same_v<T, Day>) {
    out = Day::first();
  } else {
    out.emplace();
  }
  read_value(*out, in, field);
}

template <Described Struct>
void read_struct(Struct& data, DynamicStruct::Reader in) {
  const auto& fields = schema_fields<Struct>(in.getSchema());
  std::size_t index = 0;
  if constexpr (ExactlyOne<Struct>) {
    const auto set = in.which();
    KJ_IF_MAYBE (chosen, set) {
      domain::for_each_field<Struct>([&](const auto& field) {
        const SchemaField schema_field = fields[index++];
        // The choice is made, so its value must be there.
        if (schema_field == *chosen) read_value((data.*(field.member)).emplace(), in, schema_field);
      });
    } else {
      too_new("an unknown choice");
    }
  } else {
    domain::for_each_field<Struct>(
        [&](const auto& field) { read_value(data.*(field.member), in, fields[index++]); });
  }
}

}  // namespace

domain::Payload read_payload(DynamicStruct::Reader payload) {
  const auto set = payload.which();
  KJ_IF_MAYBE (member, set) {
    const auto type = static_cast<domain::EventType>(member->getProto().getDiscriminantValue());
    if (!payload.has(*member)) damaged("data is missing");
    domain::Payload data = domain::make_payload(type);
    const auto in = payload.get(*member).as<DynamicStruct>();
    std::visit([&](auto& struct_data) { read_struct(struct_data, in); }, data);
    return data;
  }
  too_new("an unknown event type");
}

std::uint32_t day_number(Day day) {
  return static_cast<std::uint32_t>(day.year() * 10'000 + day.month() * 100 + day.day());
}

Day day_of(std::uint32_t number) {
  const auto day =
      Day::from_date(static_cast<int>(number / 10'000), static_cast<int>(number / 100 % 100),
                     static_cast<int>(number % 100));
  if (!day) damaged("a day is no day");
  return *day;
}

}  // namespace liggare::codec
