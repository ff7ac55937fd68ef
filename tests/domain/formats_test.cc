#include "domain/formats.h"

#include <gtest/gtest.h>

#include <string>

namespace liggare::domain {
namespace {

TEST(Id, HasOneTo64PlainCharacters) {
  EXPECT_TRUE(is_id("A"));
  EXPECT_TRUE(is_id("AZaz09._-"));
  EXPECT_TRUE(is_id(std::string(64, 'x')));
  EXPECT_FALSE(is_id(""));
  EXPECT_FALSE(is_id(std::string(65, 'x')));
  for (const char* text : {"a b", "a/b", "a:b", "å", "a\n", "a@", "a[", "a`", "a{"}) {
    EXPECT_FALSE(is_id(text)) << text;
  }
}

TEST(EventId, MayHaveColons) {
  EXPECT_TRUE(is_event_id("urn:a.b_c-1"));
  EXPECT_TRUE(is_event_id(std::string(64, ':')));
  EXPECT_FALSE(is_event_id(std::string(65, ':')));
  EXPECT_FALSE(is_event_id("a/b"));
  EXPECT_FALSE(is_event_id(""));
}

TEST(Actor, IsStaffOrASystem) {
  EXPECT_TRUE(is_actor("staff/S1"));
  EXPECT_TRUE(is_actor("system/journal"));
  for (const char* text : {"staff", "staff/", "person/S1", "staff/S1/x", "Staff/S1", "/S1", ""}) {
    EXPECT_FALSE(is_actor(text)) << text;
  }
}

TEST(Actor, OfStaffHasAnId) {
  EXPECT_EQ(staff_id("staff/S1"), "S1");
  for (const char* other : {"system/journal", "local/0", "staff", "participant/P1", ""}) {
    EXPECT_EQ(staff_id(other), std::nullopt) << other;
  }
}

TEST(Digest, IsLowerCaseHexOf32Bytes) {
  EXPECT_TRUE(is_digest(std::string(64, 'a')));
  EXPECT_FALSE(is_digest(std::string(64, 'A')));
  EXPECT_FALSE(is_digest(std::string(64, 'g')));
  EXPECT_FALSE(is_digest(std::string(63, 'a')));
  EXPECT_FALSE(is_digest(std::string(65, 'a')));
  EXPECT_FALSE(is_digest(""));
}

TEST(UriReference, HasTheCharactersOfRfc3986) {
  for (const char* text : {"/amc/journal", "https://example.org:80/a?b=c#d", "urn:x:y", "a%20b",
                           "//host/path", "?q", "#f", "~a!$&'()*+,;=", "."}) {
    EXPECT_TRUE(is_uri_reference(text)) << text;
  }
  for (const char* text : {"", "a b", "a<b", "a>b", "\"", "a\\b", "a^b", "a`b", "{a}", "a|b", "å",
                           "%", "%2", "%2g", "%g2", "a#b#c", "a\tb"}) {
    EXPECT_FALSE(is_uri_reference(text)) << text;
  }
}

TEST(StructuralString, HasItsFormat) {
  EXPECT_TRUE(has_format("a-b", Format::id));
  EXPECT_FALSE(has_format("a b", Format::id));
  EXPECT_TRUE(has_format("a-b", Format::code));
  EXPECT_FALSE(has_format("a:b", Format::code));
  EXPECT_TRUE(has_format("a:b", Format::event_id));
  EXPECT_TRUE(has_format("any text", Format::text));
  EXPECT_FALSE(has_format("", Format::text));
}

TEST(StructuralString, HoldsNoPersonNumberUnlessItIsADigest) {
  for (const Format format : {Format::id, Format::code, Format::event_id, Format::text}) {
    EXPECT_FALSE(has_format("x-850101-2382", format));
  }
  const std::string digest = "8501012382" + std::string(54, 'a');
  EXPECT_TRUE(has_format(digest, Format::digest));
  EXPECT_FALSE(has_format("short", Format::digest));
}

}  // namespace
}  // namespace liggare::domain
