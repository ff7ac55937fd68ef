// What an event's data consists of, described once.
//
// Every payload lists its fields with the names of the contract. JSON in and out, stored bytes in
// and out, and the check of references to other streams all read these lists, so a field is
// written down in one place. Whether a field is optional or a list follows from its C++ type.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>

#include "domain/event_type.h"

namespace liggare::domain {

// The format of a string (contract P3).
enum class Format {
  id,        // 1–64 of A-Za-z0-9._-, a bare id
  code,      // the same characters, a word from a list kept elsewhere
  event_id,  // 1–64 of A-Za-z0-9._:-
  text,      // non-empty text
  digest,    // SHA-256 in lower-case hex; the only string not searched for person numbers
};

// Largest integer that every JSON reader keeps exactly (RFC 8259, section 6).
inline constexpr std::int64_t integer_max = 9'007'199'254'740'991;

template <class Struct, class Member>
struct Field {
  std::string_view name;
  Member Struct::*member;
  Format format = Format::text;
  std::int64_t minimum = 0;
  std::int64_t maximum = integer_max;
  // The kind of stream whose id this is, for ids that must exist in the ledger.
  std::optional<StreamKind> refers_to = std::nullopt;
  // A field that must be present when this one is; empty for none.
  std::string_view needs = {};

  constexpr Field needing(std::string_view other) const {
    Field field = *this;
    field.needs = other;
    return field;
  }
};

template <class Struct, class Member>
constexpr auto id(std::string_view name, Member Struct::*member) {
  return Field<Struct, Member>{name, member, Format::id};
}
template <class Struct, class Member>
constexpr auto code(std::string_view name, Member Struct::*member) {
  return Field<Struct, Member>{name, member, Format::code};
}
template <class Struct, class Member>
constexpr auto event_id(std::string_view name, Member Struct::*member) {
  return Field<Struct, Member>{name, member, Format::event_id};
}
template <class Struct, class Member>
constexpr auto text(std::string_view name, Member Struct::*member) {
  return Field<Struct, Member>{name, member, Format::text};
}
template <class Struct, class Member>
constexpr auto digest(std::string_view name, Member Struct::*member) {
  return Field<Struct, Member>{name, member, Format::digest};
}
// Days, booleans, enumerations and nested objects: the C++ type says it all.
template <class Struct, class Member>
constexpr auto value(std::string_view name, Member Struct::*member) {
  return Field<Struct, Member>{name, member};
}
template <class Struct, class Member>
constexpr auto integer(std::string_view name, Member Struct::*member, std::int64_t minimum,
                       std::int64_t maximum = integer_max) {
  return Field<Struct, Member>{name, member, Format::text, minimum, maximum};
}
// The id of a stream of `kind`, which must exist (contract, section 2).
template <class Struct, class Member>
constexpr auto reference(std::string_view name, Member Struct::*member, StreamKind kind) {
  return Field<Struct, Member>{name, member, Format::id, 0, integer_max, kind};
}

// A struct that lists its fields.
template <class Struct>
concept Described = requires {
  Struct::fields();
};

// A described struct of which exactly one field is present, such as a scope.
template <class Struct>
concept ExactlyOne = Described<Struct> && requires {
  Struct::exactly_one;
};

// Calls visit(field) for each field of Struct, in order.
template <Described Struct, class Visit>
constexpr void for_each_field(Visit&& visit) {
  std::apply([&](const auto&... fields) { (visit(fields), ...); }, Struct::fields());
}

}  // namespace liggare::domain
