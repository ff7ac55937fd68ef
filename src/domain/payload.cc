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
  return ((static_cast<std::size_t>(std::variant_alternative_t<Indexes, PayloadVariant>::type) ==
           Indexes) &&
          ...);
}
static_assert(types_follow_the_enumeration(std::make_index_sequence<event_type_count>()));

}  // namespace

Payload::Payload() = default;
Payload::Payload(const Payload& other) = default;
Payload::Payload(Payload&& other) noexcept = default;
Payload& Payload::operator=(const Payload& other) = default;
Payload& Payload::operator=(Payload&& other) noexcept = default;
Payload::~Payload() = default;

bool Payload::operator==(const Payload& other) const {
  return static_cast<const PayloadVariant&>(*this) == static_cast<const PayloadVariant&>(other);
}

Payload make_payload(EventType type) {
  static constexpr auto table = makers(std::make_index_sequence<event_type_count>());
  return table[static_cast<std::size_t>(type)]();
}

}  // namespace liggare::domain
