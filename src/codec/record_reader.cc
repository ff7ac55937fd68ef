#include "codec/record_reader.h"

#include <array>
#include <utility>

#include "codec/record_form.h"
#include "codec/record_outline.h"
#include "codec/record_slots.h"
#include "codec/record_words.h"
#include "domain/personal_class_words.h"

namespace liggare::codec {
namespace {

using capnp::StructSchema;
using domain::Described;
using domain::Enumeration;
using domain::ExactlyOne;

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

void read_payload(domain::Payload& out, const StructWords& in);

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
  const auto payload = std::make_shared<domain::AnyPayload>();
  read_payload(payload->value, StructWords::behind(in.pointer(slot.at)));
  out.payload = payload;
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

using PayloadReader = void (*)(domain::Payload& out, const StructWords& in, const Slot& slot);

template <std::size_t... Types>
constexpr auto payload_readers(std::index_sequence<Types...>) {
  return std::array<PayloadReader, sizeof...(Types)>{
      [](domain::Payload& out, const StructWords& in, const Slot& slot) {
        read_field(out.emplace<Types>(), in, slot);
      }...};
}

void read_payload(domain::Payload& out, const StructWords& in) {
  static constexpr auto readers =
      payload_readers(std::make_index_sequence<domain::event_type_count>());
  const PayloadSlots& slots = payload_slots();
  const auto type = in.value<std::uint16_t>(slots.choice_at);
  readers[type](out, in, slots.types[type]);
}

// --- the envelope ---------------------------------------------------------------------------

void read_text(std::optional<std::string>& out, const StructWords& in, std::size_t index) {
  if (const char* const pointer = in.pointer(index)) out.emplace(text_behind(pointer));
}

PersonalClass class_of(const StructWords& section) {
  return word_in<PersonalClass>(section.value<std::uint16_t>(section_slots().class_at));
}

void read_classes(std::optional<std::vector<PersonalClass>>& out, const char* sections) {
  if (sections == nullptr) return;
  out.emplace();
  each_struct_behind(sections,
                     [&](const StructWords& section) { out->push_back(class_of(section)); });
}

std::vector<Section> sections_behind(const char* list) {
  std::vector<Section> sections;
  if (list == nullptr) return sections;
  const SectionSlots& own = section_slots();
  each_struct_behind(list, [&](const StructWords& section) {
    const auto bytes = [&](std::size_t index) {
      return std::string(bytes_behind(section.pointer(index)));
    };
    sections.push_back({class_of(section), bytes(own.key_id), bytes(own.index), bytes(own.salt),
                        bytes(own.commitment), bytes(own.ciphertext)});
  });
  return sections;
}

void read_event(domain::RecordedEvent& out, std::string_view bytes, std::uint64_t position) {
  const StructWords root = root_of(bytes);
  const EnvelopeSlots& slots = envelope_slots();
  const RecordOutline outline = read_outline(bytes);
  out.position = position;
  out.version = outline.version;
  out.recorded = outline.recorded;
  out.submitted_by = text_behind(root.pointer(slots.submitted_by));
  domain::Event& event = out.event;
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
  read_payload(event.data, StructWords::behind(root.pointer(envelope().data)));
  read_classes(event.personal, root.pointer(slots.personal));
}

}  // namespace

Record read_in_place(std::string_view bytes, std::uint64_t position) {
  const StructWords root = root_of(bytes);
  Record record;
  read_event(record.event, bytes, position);
  record.salt = bytes_behind(root.pointer(envelope().salt));
  record.sections = sections_behind(root.pointer(envelope_slots().personal));
  return record;
}

domain::RecordedEventPtr read_event_in_place(std::string_view bytes, std::uint64_t position) {
  auto event = std::make_shared<domain::RecordedEvent>();
  read_event(*event, bytes, position);
  return event;
}

}  // namespace liggare::codec
