// Where the fields of a record stand in Cap'n Proto's words, looked up in the schema once. Internal
// to codec.
#pragma once

#include <capnp/schema.h>

#include <array>
#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "domain/field.h"

namespace liggare::codec {

struct Slot {
  std::size_t at = 0;               // In bytes, a pointer's number, or a bit's.
  std::size_t bytes = 0;            // Of a number, each at its own width.
  bool is_choice = false;           // Of a number: it may be absent, and `choice_at` says so.
  std::size_t choice_at = 0;        // In bytes.
  std::uint16_t choice = 0;         // Of a member of a union: what chooses it.
  capnp::StructSchema schema = {};  // Of what a pointer leads to, where that is structs.
};

Slot slot_of(capnp::StructSchema::Field field);
// Where a union says which of its members is there, in bytes.
std::size_t choice_of(capnp::StructSchema schema);

// How many words a struct takes at most.
struct Extents {
  std::size_t data = 0;
  std::size_t pointers = 0;
};
Extents extents_of(capnp::StructSchema schema);

template <domain::Described Struct>
inline constexpr std::size_t field_count = std::tuple_size_v<decltype(Struct::fields())>;

template <domain::Described Struct>
struct Slots {
  std::array<Slot, field_count<Struct>> fields;  // In the order of the field list.
  std::size_t choice_at = 0;                     // Of a union.
  Extents extents;
};

template <domain::Described Struct>
const Slots<Struct>& slots_of(capnp::StructSchema schema) {
  static const Slots<Struct> slots = [&] {
    Slots<Struct> made;
    made.extents = extents_of(schema);
    if constexpr (domain::ExactlyOne<Struct>) made.choice_at = choice_of(schema);
    std::size_t index = 0;
    domain::for_each_field<Struct>([&](const auto& field) {
      made.fields[index++] = slot_of(schema.getFieldByName(std::string(field.name).c_str()));
    });
    return made;
  }();
  return slots;
}

// Of schema::Payload.
struct PayloadSlots {
  std::size_t choice_at = 0;
  std::vector<Slot> types;  // By the event type's number.
  Extents extents;
};
const PayloadSlots& payload_slots();

// Of schema::EventRecord, beside what the Envelope of record_form.h has; pointers by number.
struct EnvelopeSlots {
  std::size_t actor, submitted_by, source, time, purpose, correlation_id, causation_id, personal;
  Extents extents;
};
const EnvelopeSlots& envelope_slots();

// Of schema::Section.
struct SectionSlots {
  std::size_t class_at;  // In bytes.
  std::size_t key_id, index, salt, commitment, ciphertext;
  Extents extents;
};
const SectionSlots& section_slots();

}  // namespace liggare::codec
