#include <gtest/gtest.h>

#include <algorithm>

#include "tools/verifier/render_outcome.h"
#include "tools/verifier/verdict_texts.h"

namespace liggare::tools {
namespace {

using audit::Outcome;
using audit::Reason;
using audit::Statement;
using audit::Verdict;

long holes(std::string_view text) { return std::count(text.begin(), text.end(), '{'); }

TEST(VerdictTexts, AreThereInBothLanguages) {
  for (const Language language : {Language::english, Language::swedish}) {
    for (std::size_t i = 0; i < audit::reason_count; ++i) {
      EXPECT_FALSE(text_of(language, static_cast<Reason>(i)).empty()) << i;
    }
    for (std::size_t i = 0; i < audit::statement_count; ++i) {
      EXPECT_FALSE(text_of(language, static_cast<Statement>(i)).empty()) << i;
    }
  }
}

TEST(VerdictTexts, TakeTheSameValuesInBothLanguages) {
  for (std::size_t i = 0; i < audit::statement_count; ++i) {
    const auto statement = static_cast<Statement>(i);
    EXPECT_EQ(holes(text_of(Language::english, statement)),
              holes(text_of(Language::swedish, statement)))
        << i;
  }
}

TEST(VerdictTexts, ShowValuesWithoutHarm) {
  EXPECT_EQ(sentence(Language::english, {Statement::key_from, {"a\x1b[2J", "b{}"}}),
            "the key of a\\u{1b}[2J, from b{}");
}

Outcome tampered() {
  Outcome outcome;
  outcome.refusal = audit::Refusal{Reason::incomplete, "leaves/4.leaf", "version 3\xff"};
  outcome.has_checked(Statement::leaves_included, {"3"});
  return outcome;
}

TEST(RenderedOutcome, NamesVerdictPlaceAndReason) {
  const std::string english = text_of(tampered(), {});
  EXPECT_TRUE(
      english.starts_with("TAMPERED: leaves/4.leaf: incomplete: events are left out "
                          "(version 3\\xff)\n"))
      << english;
  const std::string swedish = text_of(tampered(), {Language::swedish, Colour::off});
  EXPECT_TRUE(swedish.starts_with("MANIPULERAT: leaves/4.leaf: ")) << swedish;
}

TEST(RenderedOutcome, IsInJsonWithCodes) {
  EXPECT_EQ(json_of(tampered()).text(),
            R"({"verdict":"tampered","reason":"incomplete","place":"leaves/4.leaf",)"
            R"("detail":"version 3\\xff","trust":[],"checked":[{"code":"leaves-included",)"
            R"("text":"each of the 3 leaves stands at its position of the ledger",)"
            R"("values":["3"]}],"notChecked":[],"facts":{}})");
}

TEST(RenderedOutcome, EndsWithAnExitCodeForEachVerdict) {
  EXPECT_EQ(exit_of(Verdict::verified), Exit::done);
  EXPECT_EQ(exit_of(Verdict::tampered), Exit::finding);
  EXPECT_EQ(exit_of(Verdict::cannot_tell), Exit::incomplete);
}

}  // namespace
}  // namespace liggare::tools
