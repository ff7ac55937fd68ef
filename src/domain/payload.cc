#include "domain/payload.h"

#include <array>
#include <utility>

namespace liggare::domain {
namespace {

template <std::size_t... Indexes>
constexpr auto makers(std::index_sequence<Indexes...>) {
  using Maker = Payload (*)();
  return std::array<Maker, sizeof...(Indexes)>{
      [] { return Payload(std::in_place_index<Indexes>); }...};
}

template <std::size_t... Indexes>
constexpr bool types_follow_the_enumeration(std::index_sequence<Indexes...>) {
  return (
      (static_cast<std::size_t>(std::variant_alternative_t<Indexes, Payload>::type) == Indexes) &&
      ...);
}
static_assert(types_follow_the_enumeration(std::make_index_sequence<event_type_count>()));

}  // namespace

Payload make_payload(EventType type) {
  static constexpr auto table = makers(std::make_index_sequence<event_type_count>());
  return table[static_cast<std::size_t>(type)]();
}

}  // namespace liggare::domain
