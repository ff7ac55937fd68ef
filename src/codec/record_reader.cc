#include "codec/record_reader.h"

#include <capnp/schema.h>

#include <algorithm>
#include <array>
#include <utility>

#include "codec/record_form.h"
#include "codec/record_outline.h"
#include "codec/record_words.h"
#include "domain/personal_class_words.h"
#include "event.capnp.h"

namespace liggare::codec {
namespace {

using capnp::StructSchema;
using domain::Described;
using domain::Enumeration;
using domain::ExactlyOne;
using SchemaField = StructSchema::Field;

// Where a field stands.
struct Slot {
  std::size_t at = 0;         // In bytes, a pointer's number, or a bit's.
  std::size_t bytes = 0;      // Of a number, each at its own width.
  bool is_choice = false;     // Of a number: it may be absent, and `choice_at` says so.
  std::size_t choice_at = 0;  // In bytes.
  std::uint16_t choice = 0;   // Of a member of a union: what chooses it.
  StructSchema schema = {};   // Of what a pointer leads to, where that is structs.
};

template <Described Struct>
inline constexpr std::size_t field_count = std::tuple_size_v<decltype(Struct::fields())>;

template <Described Struct>
struct Slots {
  std::array<Slot, field_count<Struct>> fields;
  std::size_t choice_at = 0;  // Of a union.
};

std::size_t choice_of(StructSchema schema) {
  return schema.getProto().getStruct().getDiscriminantOffset() * sizeof(std::uint16_t);
}

std::size_t width_of(capnp::Type type) {
  using Which = capnp::schema::Type::Which;
  switch (type.which()) {
    case Which::UINT8:
      return 1;
    case Which::UINT16:
    case Which::ENUM:
      return 2;
    case Which::UINT32:
      return 4;
    case Which::UINT64:
    case Which::INT64:
      return 8;
    default:
      return 0;  // Pointers, bits and what takes no room.
  }
}

Slot slot_of(SchemaField field) {
  Slot slot;
  slot.choice = field.getProto().getDiscriminantValue();
  const capnp::Type type = field.getType();
  if (field.getProto().isGroup()) {  // An optional number.
    const StructSchema group = type.asStruct();
    slot = slot_of(group.getFieldByName("value"));
    slot.is_choice = true;
    slot.choice_at = choice_of(group);
    return slot;
  }
  slot.bytes = width_of(type);
  slot.at = field.getProto().getSlot().getOffset() * std::max<std::size_t>(slot.bytes, 1);
  if (type.isStruct()) slot.schema = type.asStruct();
  if (type.isList() && type.asList().getElementType().isStruct()) {
    slot.schema = type.asList().getElementType().asStruct();
  }
  return slot;
}

template <Described Struct>
const Slots<Struct>& slots_of(StructSchema schema) {
  static const Slots<Struct> slots = [&] {
    Slots<Struct> made;
    if constexpr (ExactlyOne<Struct>) made.choice_at = choice_of(schema);
    std::size_t index = 0;
    domain::for_each_field<Struct>([&](const auto& field) {
      made.fields[index++] = slot_of(schema.getFieldByName(std::string(field.name).c_str()));
    });
    return made;
  }();
  return slots;
}

Day day_in(std::uint32_t number) {
  return *Day::from_date(static_cast<int>(number / 10'000), static_cast<int>(number / 100 % 100),
                         static_cast<int>(number % 100));
}

std::int64_t number_in(const StructWords& in, const Slot& slot) {
  switch (slot.bytes) {
    case 1:
      return in.value<std::uint8_t>(slot.at);
    case 2:
      return in.value<std::uint16_t>(slot.at);
    case 4:
      return in.value<std::uint32_t>(slot.at);
    default:
      return static_cast<std::int64_t>(in.value<std::uint64_t>(slot.at));
  }
}

template <Enumeration Enum>
Enum word_in(std::uint16_t ordinal) {
  return static_cast<Enum>(ordinal - 1);  // 0 is "unset" in every enumeration of the schema.
}

domain::Payload payload_in(const StructWords& in);

template <Described Struct>
void read(Struct& out, const StructWords& in, StructSchema schema);

// --- a field that is there ------------------------------------------------------------------

void read_field(std::string& out, const StructWords& in, const Slot& slot) {
  out = text_behind(in.pointer(slot.at));
}
void read_field(Day& out, const StructWords& in, const Slot& slot) {
  out = day_in(in.value<std::uint32_t>(slot.at));
}
void read_field(bool& out, const StructWords& in, const Slot& slot) {
  out = (in.value<std::uint8_t>(slot.at / 8) >> slot.at % 8 & 1) != 0;
}
void read_field(std::int64_t& out, const StructWords& in, const Slot& slot) {
  out = number_in(in, slot);
}
template <Enumeration Enum>
void read_field(Enum& out, const StructWords& in, const Slot& slot) {
  out = word_in<Enum>(in.value<std::uint16_t>(slot.at));
}
template <Described Struct>
void read_field(Struct& out, const StructWords& in, const Slot& slot) {
  read(out, StructWords::behind(in.pointer(slot.at)), slot.schema);
}
void read_field(domain::CorrectedData& out, const StructWords& in, const Slot& slot) {
  out.payload = std::make_shared<const domain::AnyPayload>(
      domain::AnyPayload{payload_in(StructWords::behind(in.pointer(slot.at)))});
}

template <class T>
void read_field(std::vector<T>& out, const StructWords& in, const Slot& slot) {
  const char* const pointer = in.pointer(slot.at);
  if constexpr (Described<T>) {
    each_struct_behind(pointer, [&](const StructWords& element) {
      read(out.emplace_back(), element, slot.schema);
    });
  } else {
    const std::size_t count = count_behind(pointer);
    const char* const first = target_of(pointer);
    out.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
      if constexpr (std::is_same_v<T, std::string>) {
        out.emplace_back(text_behind(first + i * word_bytes));
      } else if constexpr (Enumeration<T>) {
        out.push_back(word_in<T>(load<std::uint16_t>(first + i * sizeof(std::uint16_t))));
      } else {
        out.push_back(static_cast<T>(load<std::uint64_t>(first + i * word_bytes)));
      }
    }
  }
}

// --- a field that may be absent -------------------------------------------------------------

template <class T>
bool is_there(const StructWords& in, const Slot& slot) {
  if (slot.is_choice) return in.value<std::uint16_t>(slot.choice_at) != 0;
  if constexpr (std::is_same_v<T, Day>) {
    return in.value<std::uint32_t>(slot.at) != 0;
  } else if constexpr (std::is_same_v<T, std::int64_t>) {
    return number_in(in, slot) != 0;
  } else if constexpr (Enumeration<T>) {
    return in.value<std::uint16_t>(slot.at) != 0;
  } else {
    return in.pointer(slot.at) != nullptr;
  }
}

template <class T>
T& fresh(std::optional<T>& out) {
  if constexpr (std::is_same_v<T, Day>) {
    return out.emplace(Day::first());
  } else {
    return out.emplace();
  }
}

template <class T>
void read_field(std::optional<T>& out, const StructWords& in, const Slot& slot) {
  if (is_there<T>(in, slot)) read_field(fresh(out), in, slot);
}

// Of the fields of a union one is chosen, and then is there.
template <class T>
void read_chosen(std::optional<T>& out, const StructWords& in, const Slot& slot) {
  if constexpr (std::is_same_v<T, bool>) {
    out = true;  // The choice itself is the value.
  } else {
    read_field(fresh(out), in, slot);
  }
}

template <Described Struct>
void read(Struct& out, const StructWords& in, StructSchema schema) {
  const Slots<Struct>& slots = slots_of<Struct>(schema);
  std::size_t index = 0;
  if constexpr (ExactlyOne<Struct>) {
    const auto choice = in.value<std::uint16_t>(slots.choice_at);
    domain::for_each_field<Struct>([&](const auto& field) {
      const Slot& slot = slots.fields[index++];
      if (slot.choice == choice) read_chosen(out.*(field.member), in, slot);
    });
  } else {
    domain::for_each_field<Struct>(
        [&](const auto& field) { read_field(out.*(field.member), in, slots.fields[index++]); });
  }
}

// --- the payload ----------------------------------------------------------------------------

using PayloadReader = domain::Payload (*)(const StructWords& in, const Slot& slot);

template <std::size_t... Types>
constexpr auto payload_readers(std::index_sequence<Types...>) {
  return std::array<PayloadReader, sizeof...(Types)>{[](const StructWords& in, const Slot& slot) {
    domain::Payload payload(std::in_place_index<Types>);
    read_field(*std::get_if<Types>(&payload), in, slot);
    return payload;
  }...};
}

struct PayloadSlots {
  std::size_t choice_at;
  std::vector<Slot> types;
};

const PayloadSlots& payload_slots() {
  static const PayloadSlots slots = [] {
    const StructSchema schema = capnp::Schema::from<schema::Payload>();
    PayloadSlots made{choice_of(schema), {}};
    for (const SchemaField field : schema.getUnionFields()) made.types.push_back(slot_of(field));
    return made;
  }();
  return slots;
}

domain::Payload payload_in(const StructWords& in) {
  static constexpr auto readers =
      payload_readers(std::make_index_sequence<domain::event_type_count>());
  const PayloadSlots& slots = payload_slots();
  const auto type = in.value<std::uint16_t>(slots.choice_at);
  return readers[type](in, slots.types[type]);
}

// --- the envelope ---------------------------------------------------------------------------

struct EnvelopeSlots {
  std::size_t actor, submitted_by, source, time, purpose, correlation_id, causation_id, personal;
  std::size_t personal_class_at, key_id, index, salt, commitment, ciphertext;
};

const EnvelopeSlots& envelope_slots() {
  static const EnvelopeSlots slots = [] {
    const StructSchema record = capnp::Schema::from<schema::EventRecord>();
    const StructSchema section = capnp::Schema::from<schema::Section>();
    const auto at = [](StructSchema schema, const char* name) {
      return slot_of(schema.getFieldByName(name)).at;
    };
    return EnvelopeSlots{
        at(record, "actor"),       at(record, "submittedby"), at(record, "source"),
        at(record, "time"),        at(record, "purpose"),     at(record, "correlationid"),
        at(record, "causationid"), at(record, "personal"),    at(section, "personalClass"),
        at(section, "keyId"),      at(section, "index"),      at(section, "salt"),
        at(section, "commitment"), at(section, "ciphertext")};
  }();
  return slots;
}

void read_text(std::optional<std::string>& out, const StructWords& in, std::size_t index) {
  if (const char* const pointer = in.pointer(index)) out.emplace(text_behind(pointer));
}

void read_sections(Record& out, const StructWords& in, const EnvelopeSlots& slots) {
  const char* const list = in.pointer(slots.personal);
  if (list == nullptr) return;
  auto& classes = out.event.event.personal.emplace();
  each_struct_behind(list, [&](const StructWords& section) {
    const auto bytes = [&](std::size_t index) {
      return std::string(bytes_behind(section.pointer(index)));
    };
    const auto personal_class =
        word_in<PersonalClass>(section.value<std::uint16_t>(slots.personal_class_at));
    classes.push_back(personal_class);
    out.sections.push_back({personal_class, bytes(slots.key_id), bytes(slots.index),
                            bytes(slots.salt), bytes(slots.commitment), bytes(slots.ciphertext)});
  });
}

}  // namespace

Record read_in_place(std::string_view bytes, std::uint64_t position) {
  const StructWords root = root_of(bytes);
  const EnvelopeSlots& slots = envelope_slots();
  const RecordOutline outline = read_outline(bytes);
  Record record;
  record.event.position = position;
  record.event.version = outline.version;
  record.event.recorded = outline.recorded;
  record.event.submitted_by = text_behind(root.pointer(slots.submitted_by));
  domain::Event& event = record.event.event;
  event.id = outline.id;
  event.source = text_behind(root.pointer(slots.source));
  const auto slash = outline.subject.find('/');
  event.subject.kind = *domain::stream_kind_named(outline.subject.substr(0, slash));
  event.subject.id = outline.subject.substr(slash + 1);
  event.effective = outline.effective;
  event.actor = text_behind(root.pointer(slots.actor));
  read_text(event.time, root, slots.time);
  read_text(event.purpose, root, slots.purpose);
  read_text(event.correlation_id, root, slots.correlation_id);
  read_text(event.causation_id, root, slots.causation_id);
  event.data = payload_in(StructWords::behind(root.pointer(envelope().data)));
  record.salt = bytes_behind(root.pointer(envelope().salt));
  read_sections(record, root, slots);
  return record;
}

}  // namespace liggare::codec
