#include "audit/disclosed.h"

#include <gtest/gtest.h>

#include "base/secret.h"

namespace liggare::audit {
namespace {

const std::vector<DisclosedSection> sections = {
    {7, PersonalClass::identity, std::string(key_bytes, 'a'), R"({"name":"A } \" B"})"},
    {7, PersonalClass::health, std::string(key_bytes, 'b'), R"({"text":",\"clear\":{}}"})"},
    {12, PersonalClass::ordinary, std::string(key_bytes, 'c'), "{}"}};

TEST(Disclosed, IsALineForEachSection) {
  EXPECT_EQ(print_disclosed(std::span(sections).last(1)),
            R"({"position":12,"class":"ordinary",)"
            R"("key":"Y2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2M=","clear":{}})"
            "\n");
}

TEST(Disclosed, ComesBackAsItWas) {
  const auto read = parse_disclosed(print_disclosed(sections));
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, sections);
}

// Whatever is done to one line of it: no other text than its own is read as these sections.
TEST(Disclosed, IsRefusedInEveryOtherForm) {
  const std::string good = print_disclosed(std::span(sections).last(1));
  const auto with = [&](const std::string& old, const std::string& replacement) {
    std::string text = good;
    text.replace(text.find(old), old.size(), replacement);
    return text;
  };
  for (const std::string& text : {with("{\"pos", "{ \"pos"),
                                  with(":12", ":012"),
                                  with(":12", ":-1"),
                                  with(":12", ":1e1"),
                                  with(":12", ":9223372036854775808"),
                                  with("ordinary", "secret"),
                                  with("ordinary", ""),
                                  with("Y2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2M=", "Y2Nj"),
                                  with("Y2M=", "Y2N="),
                                  with("Y2M=", "Y2M"),
                                  with("Y2Nj", "Y2N"),
                                  with("\"clear\":{}", "\"clear\":{}]"),
                                  with("\"clear\":{}", "\"clear\":[]"),
                                  with("\"clear\":{}", "\"clear\":"),
                                  with("\"clear\":{}", "\"clear\":{"),
                                  with("\"class\":\"ordinary\",", ""),
                                  with("}}\n", "}}\r\n"),
                                  with("}}\n", "}} \n"),
                                  with("}\n", "}"),
                                  "\n" + good,
                                  good + "\n",
                                  good + good,
                                  std::string("\n"),
                                  std::string()}) {
    const auto read = parse_disclosed(text);
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().reason, Reason::disclosed_differs) << text;
    EXPECT_EQ(read.error().place.file, "disclosed.ndjson");
  }
}

TEST(Disclosed, NamesTheLineThatIsWrong) {
  const std::string good = print_disclosed(sections);
  EXPECT_EQ(parse_disclosed(good + "{}\n").error().place.line, 4U);
  EXPECT_EQ(parse_disclosed(good + good).error().place.line, 4U);
  EXPECT_EQ(parse_disclosed(good + good).error().detail.circumstance,
            Circumstance::section_out_of_order);
}

}  // namespace
}  // namespace liggare::audit
