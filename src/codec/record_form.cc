#include "codec/record_form.h"

#include <capnp/schema.h>

#include <type_traits>

#include "base/assertion.h"
#include "domain/payload.h"
#include "domain/personal_class_words.h"
#include "event.capnp.h"

namespace liggare::codec {
namespace {

using capnp::StructSchema;
using domain::Described;
using domain::Enumeration;
using domain::ExactlyOne;
using SchemaField = StructSchema::Field;

template <Described Struct>
const Form& form_of(StructSchema schema);

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};

std::size_t slot_of(SchemaField field) {
  const auto slot = field.getProto().getSlot();
  LIGGARE_ASSERT(!slot.getHadExplicitDefault(), "a default that stored bytes are relative to");
  return slot.getOffset();
}

void add_pointer(Layout& layout, SchemaField field, const PointerForm& form) {
  const std::size_t index = slot_of(field);
  if (layout.pointers.size() <= index) layout.pointers.resize(index + 1);
  LIGGARE_ASSERT(layout.pointers[index].kind == PointerForm::Kind::none, "one pointer, two fields");
  layout.pointers[index] = form;
}

std::size_t choice_of(StructSchema schema) {
  return schema.getProto().getStruct().getDiscriminantOffset() * sizeof(std::uint16_t);
}

void add_number(Layout& layout, SchemaField field, Need need) {
  using Kind = DataForm::Kind;
  const capnp::Type type = field.getType();
  if (type.isStruct()) {
    const StructSchema group = type.asStruct();
    const SchemaField value = group.getFieldByName("value");
    LIGGARE_ASSERT(value.getType().isUInt64() && value.getProto().getDiscriminantValue() == 1,
                   "an optional integer is a union of absent and value");
    layout.data.push_back({Kind::choice_of_number, need, slot_of(value) * sizeof(std::uint64_t), 0,
                           choice_of(group)});
  } else if (type.isUInt64() || (type.isInt64() && need == Need::optional)) {
    layout.data.push_back({Kind::number, need, slot_of(field) * sizeof(std::uint64_t)});
  }
}

template <class T>
void add_list(Layout& layout, SchemaField field, Need need) {
  using Kind = PointerForm::Kind;
  const capnp::Type element = field.getType().asList().getElementType();
  if constexpr (std::is_same_v<T, std::string>) {
    add_pointer(layout, field, {Kind::texts, need});
  } else if constexpr (Enumeration<T>) {
    add_pointer(layout, field, {Kind::words, need, domain::Words<T>::values.size()});
  } else if constexpr (Described<T>) {
    add_pointer(layout, field, {Kind::structures, need, 0, &form_of<T>(element.asStruct())});
  } else {
    static_assert(std::is_same_v<T, std::int64_t>);
    LIGGARE_ASSERT(element.isUInt64(), "a list of integers of another width");
    add_pointer(layout, field, {Kind::numbers, need});
  }
}

template <class T>
struct Adding {
  static void to(Layout& layout, SchemaField field, Need need) {
    if constexpr (std::is_same_v<T, std::string>) {
      add_pointer(layout, field, {PointerForm::Kind::text, need});
    } else if constexpr (std::is_same_v<T, Day>) {
      layout.data.push_back({DataForm::Kind::day, need, slot_of(field) * sizeof(std::uint32_t)});
    } else if constexpr (std::is_same_v<T, std::int64_t>) {
      add_number(layout, field, need);
    } else if constexpr (Enumeration<T>) {
      layout.data.push_back({DataForm::Kind::word, need, slot_of(field) * sizeof(std::uint16_t),
                             domain::Words<T>::values.size()});
    } else if constexpr (Described<T>) {
      add_pointer(layout, field,
                  {PointerForm::Kind::structure, need, 0, &form_of<T>(field.getType().asStruct())});
    } else if constexpr (std::is_same_v<T, domain::CorrectedData>) {
      add_pointer(layout, field, {PointerForm::Kind::payload, need});
    } else {
      static_assert(std::is_same_v<T, bool>, "any bit is a truth value");
    }
  }
};

template <class T>
struct Adding<std::vector<T>> {
  static void to(Layout& layout, SchemaField field, Need need) { add_list<T>(layout, field, need); }
};

template <class T>
struct Adding<std::optional<T>> {
  static void to(Layout& layout, SchemaField field, Need) {
    Adding<T>::to(layout, field, Need::optional);
  }
};

template <Described Struct, class Member>
void add_choice(Form& form, StructSchema schema, const domain::Field<Struct, Member>& field) {
  static_assert(IsOptional<Member>::value, "of which one is chosen");
  const SchemaField found = schema.getFieldByName(std::string(field.name).c_str());
  const std::size_t choice = found.getProto().getDiscriminantValue();
  if (form.layouts.size() <= choice) form.layouts.resize(choice + 1);
  Adding<typename Member::value_type>::to(form.layouts[choice], found, Need::required);
}

template <Described Struct>
const Form& form_of(StructSchema schema) {
  static const Form form = [&] {
    Form made;
    if constexpr (ExactlyOne<Struct>) {
      made.choice_at = choice_of(schema);
      domain::for_each_field<Struct>([&](const auto& field) { add_choice(made, schema, field); });
      LIGGARE_ASSERT(made.layouts.size() == schema.getUnionFields().size(), "a choice left out");
    } else {
      Layout& layout = made.layouts.emplace_back();
      domain::for_each_field<Struct>([&]<class Member>(const domain::Field<Struct, Member>& field) {
        Adding<Member>::to(layout, schema.getFieldByName(std::string(field.name).c_str()),
                           Need::required);
      });
    }
    return made;
  }();
  return form;
}

template <std::size_t... Types>
Form payload_form_of(StructSchema schema, std::index_sequence<Types...>) {
  Form form{choice_of(schema), std::vector<Layout>(sizeof...(Types))};
  const auto add = [&]<std::size_t type>(std::integral_constant<std::size_t, type>) {
    const SchemaField field = schema.getUnionFields()[type];
    LIGGARE_ASSERT(field.getProto().getDiscriminantValue() == type, "types in another order");
    add_pointer(form.layouts[type], field,
                {PointerForm::Kind::structure, Need::required, 0,
                 &form_of<std::variant_alternative_t<type, domain::PayloadVariant>>(
                     field.getType().asStruct())});
  };
  (add(std::integral_constant<std::size_t, Types>()), ...);
  return form;
}

Form make_section_form() {
  const StructSchema schema = capnp::Schema::from<schema::Section>();
  Form form;
  Layout& layout = form.layouts.emplace_back();
  Adding<PersonalClass>::to(layout, schema.getFieldByName("personalClass"), Need::required);
  for (const char* name : {"keyId", "index", "salt", "commitment", "ciphertext"}) {
    add_pointer(layout, schema.getFieldByName(name), {PointerForm::Kind::bytes, Need::optional});
  }
  return form;
}

Layout envelope_layout(StructSchema schema) {
  static const Form section_form = make_section_form();
  const auto field = [&](const char* name) { return schema.getFieldByName(name); };
  Layout layout;
  for (const char* name : {"id", "subject", "actor", "submittedby", "source"}) {
    Adding<std::string>::to(layout, field(name), Need::required);
  }
  for (const char* name : {"time", "purpose", "correlationid", "causationid"}) {
    Adding<std::string>::to(layout, field(name), Need::optional);
  }
  Adding<Day>::to(layout, field("effective"), Need::required);
  Adding<std::int64_t>::to(layout, field("streamVersion"), Need::required);
  Adding<domain::CorrectedData>::to(layout, field("data"), Need::required);
  add_pointer(layout, field("salt"), {PointerForm::Kind::bytes, Need::required});
  add_pointer(layout, field("personal"),
              {PointerForm::Kind::structures, Need::optional, 0, &section_form});
  return layout;
}

Envelope make_envelope() {
  const StructSchema schema = capnp::Schema::from<schema::EventRecord>();
  const auto slot = [&](const char* name) { return slot_of(schema.getFieldByName(name)); };
  return {{std::nullopt, {envelope_layout(schema)}},
          slot("schemaVersion") * sizeof(std::uint16_t),
          slot("streamVersion") * sizeof(std::uint64_t),
          slot("recorded") * sizeof(std::int64_t),
          slot("effective") * sizeof(std::uint32_t),
          choice_of(capnp::Schema::from<schema::Payload>()),
          slot("id"),
          slot("subject"),
          slot("data"),
          slot("salt")};
}

}  // namespace

const Envelope& envelope() {
  static const Envelope made = make_envelope();
  return made;
}

const Form& payload_form() {
  static const Form form = payload_form_of(capnp::Schema::from<schema::Payload>(),
                                           std::make_index_sequence<domain::event_type_count>());
  return form;
}

}  // namespace liggare::codec
