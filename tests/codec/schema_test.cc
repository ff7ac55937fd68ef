// The conventions of schema/README.md that let the codec find fields by name.
#include <capnp/schema.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "domain/payload.h"
#include "event.capnp.h"

namespace liggare::codec {
namespace {

using namespace domain;
using Names = std::vector<std::string>;

// "job-and-knowledge-square" as jobAndKnowledgeSquare; dots as dashes.
std::string camel_case(std::string_view text) {
  std::string name;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool starts_word = text[i] == '-' || text[i] == '.';
    name.push_back(starts_word ? static_cast<char>(text[++i] - 'a' + 'A') : text[i]);
  }
  return name;
}

template <class T>
struct Inner {
  using type = T;
};
template <class T>
struct Inner<std::optional<T>> : Inner<T> {};
template <class T>
struct Inner<std::vector<T>> : Inner<T> {};

capnp::Type element_type(capnp::Type type) {
  return type.isList() ? type.asList().getElementType() : type;
}

template <Enumeration Enum>
void check_words(capnp::EnumSchema schema) {
  Names expected{"unset"};
  for (const std::string_view word : Words<Enum>::values) {
    const bool is_number = word[0] >= '0' && word[0] <= '9';
    expected.push_back(is_number ? "day" + std::string(word) : camel_case(word));
  }
  Names found;
  for (const auto enumerant : schema.getEnumerants()) {
    EXPECT_EQ(enumerant.getOrdinal(), found.size());
    found.emplace_back(enumerant.getProto().getName().cStr());
  }
  EXPECT_EQ(found, expected) << schema.getProto().getDisplayName().cStr();
}

template <Described Struct>
void check_fields(capnp::StructSchema schema) {
  std::set<std::string> expected;
  std::set<std::string> found;
  for_each_field<Struct>([&](const auto& field) {
    expected.emplace(field.name);
    const auto stored = schema.findFieldByName(std::string(field.name).c_str());
    KJ_IF_MAYBE (existing, stored) {
      using T = typename Inner<
          std::remove_cvref_t<decltype(std::declval<Struct>().*(field.member))>>::type;
      const capnp::Type type = element_type(existing->getType());
      if constexpr (Described<T>) check_fields<T>(type.asStruct());
      if constexpr (Enumeration<T>) check_words<T>(type.asEnum());
      EXPECT_EQ(type.isUInt32(), (std::is_same_v<T, Day>)) << field.name;
      EXPECT_EQ(type.isText(), (std::is_same_v<T, std::string>)) << field.name;
    }
  });
  for (const auto field : schema.getFields()) found.emplace(field.getProto().getName().cStr());
  EXPECT_EQ(found, expected) << schema.getProto().getDisplayName().cStr();
}

TEST(Schema, HasAMemberForEachTypeInTheSameOrder) {
  const auto payload = capnp::Schema::from<schema::Payload>();
  ASSERT_EQ(payload.getUnionFields().size(), event_type_count);
  EXPECT_EQ(payload.getFields().size(), event_type_count);
  for (const auto member : payload.getUnionFields()) {
    const auto type = static_cast<EventType>(member.getProto().getDiscriminantValue());
    EXPECT_EQ(std::string(member.getProto().getName().cStr()), camel_case(name_of(type)));
    EXPECT_EQ(member.getProto().getOrdinal().getExplicit(), static_cast<std::size_t>(type));
  }
}

TEST(Schema, HasTheFieldsAndWordsOfEachPayload) {
  const auto payload = capnp::Schema::from<schema::Payload>();
  for (std::size_t i = 0; i < event_type_count; ++i) {
    const auto type = static_cast<EventType>(i);
    const auto member = payload.getFieldByName(camel_case(name_of(type)).c_str());
    std::visit(
        [&](const auto& data) {
          check_fields<std::remove_cvref_t<decltype(data)>>(member.getType().asStruct());
        },
        make_payload(type));
  }
}

TEST(Schema, HasTheClassesOfPersonalData) {
  check_words<PersonalClass>(capnp::Schema::from<schema::PersonalClass>());
}

// Canonical form leaves out what is zero, so a default would change what absence means.
void check_defaults(capnp::StructSchema schema, std::set<std::uint64_t>& seen) {
  if (!seen.insert(schema.getProto().getId()).second) return;
  for (const auto field : schema.getFields()) {
    if (field.getProto().isSlot()) {
      EXPECT_FALSE(field.getProto().getSlot().getHadExplicitDefault())
          << schema.getProto().getDisplayName().cStr() << " " << field.getProto().getName().cStr();
    }
    const capnp::Type type = element_type(field.getType());
    if (type.isStruct()) check_defaults(type.asStruct(), seen);
  }
}

TEST(Schema, HasNoDefaultOtherThanZero) {
  std::set<std::uint64_t> seen;
  check_defaults(capnp::Schema::from<schema::EventRecord>(), seen);
  EXPECT_GT(seen.size(), event_type_count);
}

}  // namespace
}  // namespace liggare::codec
