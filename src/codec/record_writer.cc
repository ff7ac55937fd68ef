#include "codec/record_writer.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include "codec/record_fields.h"
#include "codec/record_form.h"
#include "codec/record_slots.h"
#include "codec/record_words.h"

namespace liggare::codec {
namespace {

using domain::Described;
using domain::Enumeration;
using domain::ExactlyOne;

// How Cap'n Proto calls the size of a list's elements.
enum class ElementSize : std::uint64_t { byte = 2, two_bytes = 3, word = 5, pointer = 6 };

// The message as far as it is written. Words are zero until something is put there.
class Words {
 public:
  explicit Words(std::vector<std::uint64_t>& words) : words_(words) { words_.clear(); }

  std::size_t end() const { return words_.size(); }
  // The first of `count` more words.
  std::size_t take(std::size_t count) {
    const std::size_t first = words_.size();
    words_.resize(first + count);
    return first;
  }
  void give_back(std::size_t end) { words_.resize(end); }

  // At a byte of the struct that begins at `start`. A zero is there already, also where the struct
  // does not reach.
  template <class T>
  void put(std::size_t start, std::size_t byte, T value) {
    if (value != 0) std::memcpy(bytes_at(start) + byte, &value, sizeof(value));
  }
  void put_bit(std::size_t start, std::size_t bit, bool value) {
    if (value) bytes_at(start)[bit / 8] |= static_cast<unsigned char>(1U << bit % 8);
  }
  void put_word(std::size_t at, std::uint64_t value) { words_[at] = value; }

  // How many words from `start` to the end, trailing zeros left out.
  std::size_t reach_from(std::size_t start) const {
    std::size_t last = words_.size();
    while (last > start && words_[last - 1] == 0) --last;
    return last - start;
  }

  void point_to_struct(std::size_t at, std::size_t target, const Extents& extents) {
    const std::uint64_t sizes = std::uint64_t{extents.data} << 32 | std::uint64_t{extents.pointers}
                                                                        << 48;
    // A struct without words has no place of its own: the pointer leads to itself.
    words_[at] = offset(at, sizes == 0 ? at : target) << 2 | sizes;
  }
  void point_to_list(std::size_t at, std::size_t target, ElementSize size, std::size_t count) {
    words_[at] = offset(at, target) << 2 | 1 | static_cast<std::uint64_t>(size) << 32 |
                 std::uint64_t{count} << 35;
  }
  // `words` does not count the tag, at `target`, which says what the elements are.
  void point_to_structs(std::size_t at, std::size_t target, std::size_t words) {
    constexpr std::uint64_t inline_composite = 7;
    words_[at] = offset(at, target) << 2 | 1 | inline_composite << 32 | std::uint64_t{words} << 35;
  }

  // A list of bytes at the end, to which the pointer leads.
  void add_bytes(std::size_t at, std::string_view bytes, std::size_t zeros_after) {
    const std::size_t count = bytes.size() + zeros_after;
    const std::size_t target = take((count + word_bytes - 1) / word_bytes);
    if (!bytes.empty()) std::memcpy(bytes_at(target), bytes.data(), bytes.size());
    point_to_list(at, target, ElementSize::byte, count);
  }

 private:
  unsigned char* bytes_at(std::size_t word) {
    return reinterpret_cast<unsigned char*>(words_.data() + word);
  }
  // Counted from the word after the pointer, in 30 bits.
  static std::uint64_t offset(std::size_t at, std::size_t target) {
    return (target - at - 1) & 0x3FFF'FFFF;
  }

  std::vector<std::uint64_t>& words_;
};

template <class T>
struct Present {
  using Type = T;
};
template <class T>
struct Present<std::optional<T>> {
  using Type = T;
};

// What stands in a struct's data section; all else is behind a pointer.
template <class T>
concept InData = std::is_same_v<T, Day> || std::is_same_v<T, bool> ||
    std::is_same_v<T, std::int64_t> || Enumeration<T>;

template <Enumeration Enum>
std::uint16_t ordinal_of(Enum value) {
  return static_cast<std::uint16_t>(static_cast<unsigned>(value) + 1);  // 0 is "unset".
}

// --- the data section -----------------------------------------------------------------------

void put(Words& out, std::size_t start, const Slot& slot, Day value) {
  out.put(start, slot.at, day_number(value));
}
void put(Words& out, std::size_t start, const Slot& slot, bool value) {
  out.put_bit(start, slot.at, value);
}
void put(Words& out, std::size_t start, const Slot& slot, std::int64_t value) {
  if (slot.is_choice) out.put(start, slot.choice_at, slot.choice);
  switch (slot.bytes) {
    case 1:
      return out.put(start, slot.at, static_cast<std::uint8_t>(value));
    case 2:
      return out.put(start, slot.at, static_cast<std::uint16_t>(value));
    case 4:
      return out.put(start, slot.at, static_cast<std::uint32_t>(value));
    default:
      return out.put(start, slot.at, value);
  }
}
template <Enumeration Enum>
void put(Words& out, std::size_t start, const Slot& slot, Enum value) {
  out.put(start, slot.at, ordinal_of(value));
}
template <class T>
void put(Words& out, std::size_t start, const Slot& slot, const std::optional<T>& value) {
  if (value) put(out, start, slot, *value);
}

template <Described Struct>
void put_data(Words& out, std::size_t start, const Slots<Struct>& slots, const Struct& value) {
  std::size_t index = 0;
  domain::for_each_field<Struct>([&]<class Member>(const domain::Field<Struct, Member>& field) {
    const Slot& slot = slots.fields[index++];
    const Member& member = value.*(field.member);
    using Type = typename Present<Member>::Type;
    if constexpr (ExactlyOne<Struct>) {
      if (!member) return;
      out.put(start, slots.choice_at, slot.choice);
      // The choice of everything is the value itself.
      if constexpr (std::is_same_v<Type, bool>) return;
    }
    if constexpr (InData<Type>) put(out, start, slot, member);
  });
}

// --- what pointers lead to ------------------------------------------------------------------

template <Described Struct>
void write_value(Words& out, std::size_t at, const Slot& slot, const Struct& value);
void write_value(Words& out, std::size_t at, const Slot& slot, const domain::CorrectedData& value);

void write_value(Words& out, std::size_t at, const Slot&, const std::string& text) {
  out.add_bytes(at, text, 1);
}

template <Described Struct>
void write_structs(Words& out, std::size_t at, capnp::StructSchema schema,
                   const std::vector<Struct>& values);

template <class T>
void write_value(Words& out, std::size_t at, const Slot& slot, const std::vector<T>& values) {
  if constexpr (Described<T>) {
    write_structs(out, at, slot.schema, values);
  } else if constexpr (std::is_same_v<T, std::string>) {
    const std::size_t first = out.take(values.size());
    out.point_to_list(at, first, ElementSize::pointer, values.size());
    for (std::size_t i = 0; i < values.size(); ++i) out.add_bytes(first + i, values[i], 1);
  } else if constexpr (Enumeration<T>) {
    constexpr std::size_t in_a_word = word_bytes / sizeof(std::uint16_t);
    const std::size_t first = out.take((values.size() + in_a_word - 1) / in_a_word);
    out.point_to_list(at, first, ElementSize::two_bytes, values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
      out.put(first, i * sizeof(std::uint16_t), ordinal_of(values[i]));
    }
  } else {
    static_assert(std::is_same_v<T, std::int64_t>);
    const std::size_t first = out.take(values.size());
    out.point_to_list(at, first, ElementSize::word, values.size());
    for (std::size_t i = 0; i < values.size(); ++i) out.put(first + i, 0, values[i]);
  }
}

// A struct's fields that are behind pointers, in the order of these.
template <Described Struct>
struct PointerField {
  Slot slot;
  bool (*is_there)(const Struct& value);
  void (*write)(Words& out, std::size_t at, const Slot& slot, const Struct& value);
};

template <Described Struct, std::size_t Index>
PointerField<Struct> pointer_field(const Slot& slot) {
  constexpr auto member = std::get<Index>(Struct::fields()).member;
  return {slot,
          [](const Struct& value) {
            if constexpr (requires { (value.*member).has_value(); }) {
              return (value.*member).has_value();
            } else {
              return true;
            }
          },
          [](Words& out, std::size_t at, const Slot& own, const Struct& value) {
            if constexpr (requires { (value.*member).has_value(); }) {
              write_value(out, at, own, *(value.*member));
            } else {
              write_value(out, at, own, value.*member);
            }
          }};
}

template <Described Struct, std::size_t... Indexes>
std::vector<PointerField<Struct>> make_pointer_fields(const Slots<Struct>& slots,
                                                      std::index_sequence<Indexes...>) {
  std::vector<PointerField<Struct>> fields;
  [[maybe_unused]] const auto add =
      [&]<std::size_t index>(std::integral_constant<std::size_t, index>) {
        using Member = std::remove_cvref_t<decltype(std::declval<Struct>().*
                                                    (std::get<index>(Struct::fields()).member))>;
        if constexpr (!InData<typename Present<Member>::Type>) {
          fields.push_back(pointer_field<Struct, index>(slots.fields[index]));
        }
      };
  (add(std::integral_constant<std::size_t, Indexes>()), ...);
  std::ranges::stable_sort(fields, {}, [](const auto& field) { return field.slot.at; });
  return fields;
}

template <Described Struct>
const std::vector<PointerField<Struct>>& pointer_fields(const Slots<Struct>& slots) {
  static const auto fields =
      make_pointer_fields(slots, std::make_index_sequence<field_count<Struct>>());
  return fields;
}

template <Described Struct>
std::size_t pointer_reach(const Slots<Struct>& slots, const Struct& value) {
  std::size_t reach = 0;
  for (const auto& field : pointer_fields(slots)) {
    if (field.is_there(value)) reach = field.slot.at + 1;
  }
  return reach;
}

template <Described Struct>
void write_behind(Words& out, std::size_t first_pointer, const Slots<Struct>& slots,
                  const Struct& value) {
  for (const auto& field : pointer_fields(slots)) {
    if (field.is_there(value)) field.write(out, first_pointer + field.slot.at, field.slot, value);
  }
}

template <Described Struct>
void write_value(Words& out, std::size_t at, const Slot& slot, const Struct& value) {
  const Slots<Struct>& slots = slots_of<Struct>(slot.schema);
  const std::size_t start = out.take(slots.extents.data);
  put_data(out, start, slots, value);
  const Extents extents{out.reach_from(start), pointer_reach(slots, value)};
  out.give_back(start + extents.data);
  out.take(extents.pointers);
  out.point_to_struct(at, start, extents);
  write_behind(out, start + extents.data, slots, value);
}

// All elements are as long as the longest.
template <Described Struct>
void write_structs(Words& out, std::size_t at, capnp::StructSchema schema,
                   const std::vector<Struct>& values) {
  const Slots<Struct>& slots = slots_of<Struct>(schema);
  Extents each;
  for (const Struct& value : values) {
    const std::size_t start = out.take(slots.extents.data);
    put_data(out, start, slots, value);
    each.data = std::max(each.data, out.reach_from(start));
    each.pointers = std::max(each.pointers, pointer_reach(slots, value));
    out.give_back(start);
  }
  const std::size_t size = each.data + each.pointers;
  const std::size_t tag = out.take(1 + values.size() * size);
  out.point_to_structs(at, tag, values.size() * size);
  out.put_word(tag, std::uint64_t{values.size()} << 2 | std::uint64_t{each.data} << 32 |
                        std::uint64_t{each.pointers} << 48);
  std::size_t start = tag + 1;
  for (const Struct& value : values) {
    put_data(out, start, slots, value);
    start += size;
  }
  start = tag + 1;
  for (const Struct& value : values) {
    write_behind(out, start + each.data, slots, value);
    start += size;
  }
}

// --- the payload ----------------------------------------------------------------------------

void write_payload(Words& out, std::size_t at, const domain::Payload& payload) {
  const PayloadSlots& slots = payload_slots();
  const Slot& slot = slots.types[payload.index()];
  const std::size_t start = out.take(slots.extents.data);
  out.put(start, slots.choice_at, slot.choice);
  const Extents extents{out.reach_from(start), slot.at + 1};
  out.give_back(start + extents.data);
  out.take(extents.pointers);
  out.point_to_struct(at, start, extents);
  std::visit(
      [&](const auto& data) { write_value(out, start + extents.data + slot.at, slot, data); },
      payload);
}

void write_value(Words& out, std::size_t at, const Slot&, const domain::CorrectedData& value) {
  write_payload(out, at, value.payload->value);
}

// --- the envelope ---------------------------------------------------------------------------

void write_sections(Words& out, std::size_t at, std::span<const Section> sections) {
  const SectionSlots& slots = section_slots();
  const std::size_t tag = out.take(1);
  const Extents each = sections.empty() ? Extents() : slots.extents;
  const std::size_t size = each.data + each.pointers;
  out.take(sections.size() * size);
  out.point_to_structs(at, tag, sections.size() * size);
  out.put_word(tag, std::uint64_t{sections.size()} << 2 | std::uint64_t{each.data} << 32 |
                        std::uint64_t{each.pointers} << 48);
  for (std::size_t i = 0; i < sections.size(); ++i) {
    out.put(tag + 1 + i * size, slots.class_at, ordinal_of(sections[i].personal_class));
  }
  for (std::size_t i = 0; i < sections.size(); ++i) {
    const Section& section = sections[i];
    const std::size_t pointers = tag + 1 + i * size + each.data;
    out.add_bytes(pointers + slots.key_id, section.key_id, 0);
    out.add_bytes(pointers + slots.index, section.index, 0);
    out.add_bytes(pointers + slots.salt, section.salt, 0);
    out.add_bytes(pointers + slots.commitment, section.commitment, 0);
    out.add_bytes(pointers + slots.ciphertext, section.ciphertext, 0);
  }
}

void write_text(Words& out, std::size_t at, const std::optional<std::string>& text) {
  if (text) out.add_bytes(at, *text, 1);
}

std::size_t envelope_reach(const domain::Event& event, const EnvelopeSlots& slots) {
  return (event.personal ? slots.personal : envelope().data) + 1;
}

}  // namespace

std::string write_record(const domain::RecordedEvent& recorded, std::string_view salt,
                         std::span<const Section> sections) {
  thread_local std::vector<std::uint64_t> words;
  Words out(words);
  const Envelope& places = envelope();
  const EnvelopeSlots& slots = envelope_slots();
  const domain::Event& event = recorded.event;
  out.take(2);  // The frame, and the pointer to the root.
  const std::size_t start = out.take(slots.extents.data);
  out.put(start, places.version_at, recorded.version);
  out.put(start, places.schema_version_at, record_schema_version);
  out.put(start, places.effective_at, day_number(event.effective));
  out.put(start, places.recorded_at, recorded.recorded.microseconds);
  const Extents extents{out.reach_from(start), envelope_reach(event, slots)};
  out.give_back(start + extents.data);
  const std::size_t first = out.take(extents.pointers);
  out.point_to_struct(1, start, extents);

  // In the order of the pointers.
  out.add_bytes(first + places.id, event.id, 1);
  out.add_bytes(first + places.subject, event.subject.text(), 1);
  out.add_bytes(first + slots.actor, event.actor, 1);
  out.add_bytes(first + slots.submitted_by, recorded.submitted_by, 1);
  out.add_bytes(first + slots.source, event.source, 1);
  write_text(out, first + slots.time, event.time);
  write_text(out, first + slots.purpose, event.purpose);
  write_text(out, first + slots.correlation_id, event.correlation_id);
  write_text(out, first + slots.causation_id, event.causation_id);
  out.add_bytes(first + places.salt, salt, 0);
  write_payload(out, first + places.data, event.data);
  if (event.personal) write_sections(out, first + slots.personal, sections);

  out.put_word(0, std::uint64_t{words.size() - 1} << 32);
  return {reinterpret_cast<const char*>(words.data()), words.size() * word_bytes};
}

}  // namespace liggare::codec
