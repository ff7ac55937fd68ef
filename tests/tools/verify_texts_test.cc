#include "tools/verify_texts.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "inspect/finding_codes.h"

namespace liggare::tools {
namespace {

using inspect::Remark;
using inspect::Statement;
using testing::IsEmpty;
using testing::Not;

constexpr auto english = Language::english;
constexpr auto swedish = Language::swedish;

// As many values as any phrase takes.
Remark remark_of(std::size_t statement) {
  return {static_cast<Statement>(statement), {"5", "6", "7"}};
}
long holes(std::string_view text) { return std::count(text.begin(), text.end(), '{'); }

TEST(VerifyTexts, AreThereInBothLanguages) {
  for (std::size_t i = 0; i < inspect::statement_count; ++i) {
    const std::string text = sentence(swedish, remark_of(i));
    EXPECT_THAT(text, Not(IsEmpty())) << i;
    EXPECT_THAT(sentence(english, remark_of(i)), Not(IsEmpty())) << i;
    EXPECT_NE(text, sentence(english, remark_of(i)));
  }
}

TEST(VerifyTexts, TakeTheSameValuesInBothLanguagesAndNoneTheyLack) {
  for (std::size_t i = 0; i < inspect::statement_count; ++i) {
    const Phrase& phrase = phrase_of(remark_of(i));
    EXPECT_EQ(holes(phrase.english.many), holes(phrase.swedish.many)) << phrase.english.many;
    EXPECT_EQ(phrase.english.one.empty(), phrase.swedish.one.empty()) << phrase.english.many;
    EXPECT_TRUE(phrase.counted == counts_nothing || phrase.counted < value_count(phrase))
        << phrase.english.many;
  }
}

TEST(VerifyTexts, GoByTheNumber) {
  EXPECT_EQ(sentence(swedish, {Statement::root_at, {"2"}}), "roten vid 2 händelser");
  EXPECT_EQ(sentence(swedish, {Statement::root_at, {"1"}}), "roten vid 1 händelse");
  EXPECT_EQ(sentence(english, {Statement::seals, {"1"}}), "1 seal");
  EXPECT_EQ(sentence(english, {Statement::append_only_since, {"1", "2"}}),
            "append-only since 1, at 2 events");
}

TEST(VerifyTexts, GoByBothNumbersOfVersionsAndStreams) {
  const auto text = [](const char* versions, const char* streams) {
    return sentence(swedish, {Statement::stream_versions, {versions, streams}});
  };
  EXPECT_EQ(text("1", "1"), "1 version i 1 ström, åt båda hållen");
  EXPECT_EQ(text("5", "1"), "5 versioner i 1 ström, åt båda hållen");
  EXPECT_EQ(text("5", "2"), "5 versioner i 2 strömmar, åt båda hållen");
}

TEST(VerifyTexts, AreInJsonWhateverTheNumber) {
  EXPECT_EQ(json_phrase({Statement::seals, {"1"}}), "1 seals");
  EXPECT_EQ(json_phrase({Statement::stream_versions, {"5", "1"}}),
            "5 versions of 1 streams, both ways");
}

TEST(VerifyTexts, ShowValuesWithoutHarm) {
  EXPECT_EQ(sentence(english, {Statement::key_from_file, {"a\x1b[2J{0}"}}),
            "key from a\\u{1b}[2J{0}");
}

TEST(VerifyTexts, SayOfEveryFindingWhatItIs) {
  for (const std::string_view code : inspect::finding_codes) {
    EXPECT_THAT(finding_text(english, code), Not(IsEmpty())) << code;
    EXPECT_THAT(finding_text(swedish, code), Not(IsEmpty())) << code;
    EXPECT_NE(finding_text(english, code), finding_text(swedish, code)) << code;
  }
  EXPECT_THAT(finding_text(swedish, "no-code"), IsEmpty());
}

TEST(VerifyTexts, BeginWithTheVerdict) {
  EXPECT_EQ(headline_text(swedish, {"town", 1, 0, "ab"}),
            "town: 1 händelse, inga avvikelser, rot ab");
  EXPECT_EQ(headline_text(swedish, {"town", 7, 2, "ab"}),
            "town: 7 händelser, AVVIKELSER: 2, rot ab");
}

TEST(VerifyTexts, SayHowMuchIsExposed) {
  EXPECT_EQ(exposure_text(swedish, {1, 3, true}),
            "Exponerat: 1 av 3 händelser täcks inte av någon kontrollpunkt som angetts här.");
  EXPECT_EQ(exposure_text(swedish, {0, 3, true}), "Exponerat: 0 av 3 händelser.");
  EXPECT_EQ(exposure_text(english, {3, 3, false}),
            "Exposed: all 3 events; no checkpoint kept elsewhere was given.");
}

}  // namespace
}  // namespace liggare::tools
