#include "domain/packed_story.h"

#include <concepts>
#include <cstdint>
#include <map>
#include <set>
#include <tuple>
#include <type_traits>
#include <vector>

#include "base/assertion.h"

namespace liggare::domain {
namespace {

// How many members each struct has: a wrong number does not compile, so none is left out.
template <class Struct>
constexpr int member_count = 0;
template <>
constexpr int member_count<JudgedTimeline> = 2;
template <>
constexpr int member_count<ParticipantFacts> = 17;
template <>
constexpr int member_count<ReferralFact> = 5;
template <>
constexpr int member_count<EnrolmentFact> = 12;
template <>
constexpr int member_count<UnitFact> = 2;
template <>
constexpr int member_count<PauseFact> = 2;
template <>
constexpr int member_count<PlanFact> = 4;
template <>
constexpr int member_count<LadderFact> = 3;
template <>
constexpr int member_count<AssessedFact> = 3;
template <>
constexpr int member_count<StepFact> = 3;
template <>
constexpr int member_count<LadderStanding> = 2;
template <>
constexpr int member_count<PlacementFact> = 10;
template <>
constexpr int member_count<ExtensionFact> = 2;
template <>
constexpr int member_count<ConsentFact> = 8;
template <>
constexpr int member_count<ShieldFact> = 4;
template <>
constexpr int member_count<DisclosureFact> = 4;
template <>
constexpr int member_count<DisclosureMade> = 6;
template <>
constexpr int member_count<BasisReference> = 2;
template <>
constexpr int member_count<RequestFact> = 3;
template <>
constexpr int member_count<AssessmentFact> = 2;
template <>
constexpr int member_count<AssessmentRecorded> = 4;
template <>
constexpr int member_count<Score> = 2;
template <>
constexpr int member_count<HoldFact> = 2;

template <class Struct>
auto members(Struct& s) {
  constexpr int count = member_count<std::remove_const_t<Struct>>;
  if constexpr (count == 2) {
    auto& [a, b] = s;
    return std::tie(a, b);
  } else if constexpr (count == 3) {
    auto& [a, b, c] = s;
    return std::tie(a, b, c);
  } else if constexpr (count == 4) {
    auto& [a, b, c, d] = s;
    return std::tie(a, b, c, d);
  } else if constexpr (count == 5) {
    auto& [a, b, c, d, e] = s;
    return std::tie(a, b, c, d, e);
  } else if constexpr (count == 6) {
    auto& [a, b, c, d, e, f] = s;
    return std::tie(a, b, c, d, e, f);
  } else if constexpr (count == 8) {
    auto& [a, b, c, d, e, f, g, h] = s;
    return std::tie(a, b, c, d, e, f, g, h);
  } else if constexpr (count == 10) {
    auto& [a, b, c, d, e, f, g, h, i, j] = s;
    return std::tie(a, b, c, d, e, f, g, h, i, j);
  } else if constexpr (count == 12) {
    auto& [a, b, c, d, e, f, g, h, i, j, k, l] = s;
    return std::tie(a, b, c, d, e, f, g, h, i, j, k, l);
  } else {
    auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q] = s;
    return std::tie(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q);
  }
}

template <class Value>
concept Whole = std::is_enum_v<Value> || std::integral<Value>;

template <class>
constexpr bool is_optional = false;
template <class Value>
constexpr bool is_optional<std::optional<Value>> = true;
template <class>
constexpr bool is_map = false;
template <class Key, class Value, class Less>
constexpr bool is_map<std::map<Key, Value, Less>> = true;
template <class>
constexpr bool is_list = false;
template <class Value>
constexpr bool is_list<std::vector<Value>> = true;
template <class Value, class Less>
constexpr bool is_list<std::set<Value, Less>> = true;

// Seven bits a byte, the lowest first.
void put_number(std::string& to, std::uint64_t number) {
  for (; number >= 0x80; number >>= 7U) to.push_back(static_cast<char>(number | 0x80U));
  to.push_back(static_cast<char>(number));
}

std::uint64_t take_number(std::string_view& from) {
  std::uint64_t number = 0;
  for (unsigned shift = 0;; shift += 7) {
    LIGGARE_ASSERT(!from.empty(), "what pack() gave is whole");
    const auto byte = static_cast<unsigned char>(from.front());
    from.remove_prefix(1);
    number |= std::uint64_t{byte & 0x7fU} << shift;
    if (byte < 0x80) return number;
  }
}

// Small numbers of either sign in few bytes.
std::uint64_t folded(std::int64_t number) {
  return (static_cast<std::uint64_t>(number) << 1U) ^ static_cast<std::uint64_t>(number >> 63);
}

std::int64_t unfolded(std::uint64_t number) {
  return static_cast<std::int64_t>(number >> 1U) ^ -static_cast<std::int64_t>(number & 1U);
}

template <class Value>
void put(std::string& to, const Value& value) {
  if constexpr (Whole<Value>) {
    put_number(to, folded(static_cast<std::int64_t>(value)));
  } else if constexpr (std::same_as<Value, Day>) {
    put_number(to, folded(value.number()));
  } else if constexpr (std::same_as<Value, std::string>) {
    put_number(to, value.size());
    to += value;
  } else if constexpr (is_optional<Value>) {
    put(to, value.has_value());
    if (value) put(to, *value);
  } else if constexpr (is_map<Value>) {
    put_number(to, value.size());
    for (const auto& [key, mapped] : value) {
      put(to, key);
      put(to, mapped);
    }
  } else if constexpr (is_list<Value>) {
    put_number(to, value.size());
    for (const auto& each : value) put(to, each);
  } else {
    std::apply([&](const auto&... member) { (put(to, member), ...); }, members(value));
  }
}

template <class Value>
Value take(std::string_view& from) {
  if constexpr (Whole<Value>) {
    return static_cast<Value>(unfolded(take_number(from)));
  } else if constexpr (std::same_as<Value, Day>) {
    return Day::from_number(static_cast<std::int32_t>(unfolded(take_number(from))));
  } else if constexpr (std::same_as<Value, std::string>) {
    const std::uint64_t size = take_number(from);
    LIGGARE_ASSERT(size <= from.size(), "what pack() gave is whole");
    std::string text(from.substr(0, size));
    from.remove_prefix(size);
    return text;
  } else if constexpr (is_optional<Value>) {
    if (!take<bool>(from)) return std::nullopt;
    return take<typename Value::value_type>(from);
  } else if constexpr (is_map<Value>) {
    Value map;
    for (std::uint64_t left = take_number(from); left > 0; --left) {
      auto key = take<typename Value::key_type>(from);
      map.emplace_hint(map.end(), std::move(key), take<typename Value::mapped_type>(from));
    }
    return map;
  } else if constexpr (is_list<Value>) {
    Value list;
    for (std::uint64_t left = take_number(from); left > 0; --left) {
      list.insert(list.end(), take<typename Value::value_type>(from));
    }
    return list;
  } else {
    Value value;
    std::apply(
        [&](auto&... member) {
          ((member = take<std::remove_reference_t<decltype(member)>>(from)), ...);
        },
        members(value));
    return value;
  }
}

}  // namespace

std::string pack(const JudgedTimeline& story) {
  std::string packed;
  put(packed, story);
  packed.shrink_to_fit();
  return packed;
}

JudgedTimeline unpack(std::string_view packed) {
  auto story = take<JudgedTimeline>(packed);
  LIGGARE_ASSERT(packed.empty(), "what pack() gave, and no more");
  return story;
}

}  // namespace liggare::domain
