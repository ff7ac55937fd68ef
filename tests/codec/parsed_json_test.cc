#include "codec/parsed_json.h"

#include <gtest/gtest.h>

namespace liggare::codec {
namespace {

TEST(ParsedJson, ComesBackAsItWasWritten) {
  for (const char* text :
       {R"({"by":"year","days":90,"onlyFindings":true,"list":[1,"a",null,{"x":0.25}]})", "[]", "{}",
        R"("å\n")", "-7", "false"}) {
    const auto json = parse_json(text);
    ASSERT_TRUE(json) << text;
    EXPECT_EQ(json->text(), text);
  }
}

TEST(ParsedJson, RefusesWhatIsNone) {
  for (const char* text : {"", "{", R"({"a":1)", "18446744073709551615", "[18446744073709551615]",
                           "nul", "{} {}", R"({"a":1,"b":{"a":1,"a":2}})"}) {
    const auto json = parse_json(text);
    ASSERT_FALSE(json) << text;
    EXPECT_EQ(json.error().code, ErrorCode::corrupt);
  }
}

}  // namespace
}  // namespace liggare::codec
