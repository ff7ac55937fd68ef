#include "codec/record_slots.h"

#include <algorithm>

#include "event.capnp.h"

namespace liggare::codec {
namespace {

using capnp::StructSchema;

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

std::size_t place_in(StructSchema schema, const char* name) {
  return slot_of(schema.getFieldByName(name)).at;
}

}  // namespace

std::size_t choice_of(StructSchema schema) {
  return schema.getProto().getStruct().getDiscriminantOffset() * sizeof(std::uint16_t);
}

Extents extents_of(StructSchema schema) {
  const auto structure = schema.getProto().getStruct();
  return {structure.getDataWordCount(), structure.getPointerCount()};
}

Slot slot_of(StructSchema::Field field) {
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

const PayloadSlots& payload_slots() {
  static const PayloadSlots slots = [] {
    const StructSchema schema = capnp::Schema::from<schema::Payload>();
    PayloadSlots made;
    made.choice_at = choice_of(schema);
    made.extents = extents_of(schema);
    for (const auto field : schema.getUnionFields()) made.types.push_back(slot_of(field));
    return made;
  }();
  return slots;
}

const EnvelopeSlots& envelope_slots() {
  static const EnvelopeSlots slots = [] {
    const StructSchema schema = capnp::Schema::from<schema::EventRecord>();
    const auto at = [&](const char* name) { return place_in(schema, name); };
    return EnvelopeSlots{at("actor"),       at("submittedby"), at("source"),
                         at("time"),        at("purpose"),     at("correlationid"),
                         at("causationid"), at("personal"),    extents_of(schema)};
  }();
  return slots;
}

const SectionSlots& section_slots() {
  static const SectionSlots slots = [] {
    const StructSchema schema = capnp::Schema::from<schema::Section>();
    const auto at = [&](const char* name) { return place_in(schema, name); };
    return SectionSlots{at("personalClass"), at("keyId"),      at("index"),       at("salt"),
                        at("commitment"),    at("ciphertext"), extents_of(schema)};
  }();
  return slots;
}

}  // namespace liggare::codec
