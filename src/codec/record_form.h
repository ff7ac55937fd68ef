// The form of a record's bytes, taken from the schema and the field lists once. Internal to codec.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace liggare::codec {

// The release of the schema that writes records.
inline constexpr std::uint16_t record_schema_version = 1;

// What the ledger's clock can say: instants and ledger days that have a year of four digits.
constexpr bool is_recorded_time(std::int64_t microseconds) {
  constexpr std::int64_t first = -62'135'596'800'000'000;  // 0001-01-01T00:00:00Z
  constexpr std::int64_t last = 253'402'293'599'999'999;   // 9999-12-31T21:59:59.999999Z
  return microseconds >= first && microseconds <= last;
}

enum class Need { required, optional };

// What the data section of a struct has to hold, where not every value will do.
struct DataForm {
  enum class Kind { day, word, number, choice_of_number };
  Kind kind;
  Need need;
  std::size_t at;              // In bytes, as every place in a data section.
  std::uint64_t word_max = 0;  // The last ordinal that this release knows.
  std::size_t choice_at = 0;   // Of a number that may be absent: 0 there, 1 where it is not.
};

struct Form;

struct PointerForm {
  // A payload is a struct whose own form holds payloads, so it is looked up: payload_form().
  enum class Kind { none, text, bytes, structure, payload, texts, words, numbers, structures };
  Kind kind = Kind::none;
  Need need = Need::optional;
  std::uint64_t word_max = 0;
  const Form* form = nullptr;
};

struct Layout {
  std::vector<DataForm> data;
  std::vector<PointerForm> pointers;  // In the order in which they stand in the struct.
};

// One layout, or one for each choice of a union.
struct Form {
  std::optional<std::size_t> choice_at;
  std::vector<Layout> layouts;
};

// schema::EventRecord, and where it has what is asked of every record.
struct Envelope {
  Form form;
  std::size_t schema_version_at;
  std::size_t version_at;
  std::size_t recorded_at;
  std::size_t effective_at;
  std::size_t type_at;  // In the payload's struct.
  std::size_t id;       // From here on the pointer's number.
  std::size_t subject;
  std::size_t data;
  std::size_t salt;
};

const Envelope& envelope();
// schema::Payload.
const Form& payload_form();

}  // namespace liggare::codec
