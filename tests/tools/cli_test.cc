#include "tools/cli.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tools/help.h"

namespace liggare::tools {
namespace {

using testing::HasSubstr;
using testing::Not;

Result<Exit> nothing(const Arguments&, Console&) { return Exit::done; }

Command example() {
  Command places{.name = "places",
                 .summary = "counts places",
                 .details = {},
                 .arguments = {{"--from", "YEAR", "a year", Argument::Presence::required}},
                 .formats = {Format::table, Format::json},
                 .examples = {{"town places --from 2019", "All of 2019."}},
                 .children = {},
                 .run = nothing};
  Command show{.name = "show",
               .summary = "shows one",
               .details = {},
               .arguments = {{"EVENT", "", "an id", Argument::Presence::required},
                             {"--raw", "", "as stored"},
                             {"-n", "N", "how many"}},
               .formats = {},
               .examples = {},
               .children = {},
               .run = nothing};
  return {.name = "town",
          .summary = "an example",
          .details = {},
          .arguments = {{"--ledger", "DIR", "the folder"}},
          .formats = {},
          .examples = {},
          .children = {std::move(places), std::move(show)},
          .run = nullptr};
}

class CommandLine : public testing::Test {
 protected:
  Result<Invocation> read(const std::vector<std::string>& words) const {
    return parse(program_, words);
  }
  std::string refusal(const std::vector<std::string>& words) const {
    const auto invocation = read(words);
    return invocation ? "accepted" : invocation.error().message;
  }

  const Command program_ = example();
};

TEST_F(CommandLine, TakesOptionsBeforeAndAfterTheCommand) {
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"--ledger", "x", "show", "e1"}, {"show", "e1", "--ledger=x"}}) {
    const auto invocation = read(words);
    ASSERT_TRUE(invocation);
    EXPECT_EQ(invocation->command().name, "show");
    EXPECT_EQ(*invocation->arguments.text("--ledger"), "x");
    EXPECT_EQ(*invocation->arguments.text("EVENT"), "e1");
  }
}

TEST_F(CommandLine, TakesAnIdThatIsNamedLikeACommand) {
  const auto invocation = read({"show", "places"});
  ASSERT_TRUE(invocation);
  EXPECT_EQ(*invocation->arguments.text("EVENT"), "places");
}

TEST_F(CommandLine, TakesAnythingAfterTwoDashesAsAWord) {
  const auto invocation = read({"show", "--", "-odd"});
  ASSERT_TRUE(invocation);
  EXPECT_EQ(*invocation->arguments.text("EVENT"), "-odd");
}

TEST_F(CommandLine, KeepsFlagsThatWereNotGivenOut) {
  EXPECT_FALSE(read({"show", "e1"})->arguments.has("--raw"));
  EXPECT_FALSE(read({"show", "e1", "--raw=false"})->arguments.has("--raw"));
  EXPECT_TRUE(read({"show", "e1", "--raw"})->arguments.has("--raw"));
}

TEST_F(CommandLine, TakesNoOtherValueOfAFlagForOff) {
  for (const char* flag : {"--raw=ja", "--raw=True", "--raw=1"}) {
    EXPECT_THAT(refusal({"show", "e1", flag}), HasSubstr("--raw takes no value")) << flag;
  }
}

TEST_F(CommandLine, NamesWhatAnUnknownOptionCouldHaveBeen) {
  EXPECT_THAT(refusal({"places", "--form", "2019"}),
              HasSubstr("town places has no option --form; it takes --from, --ledger"));
}

TEST_F(CommandLine, NamesTheCommandsWhereOneIsMissingOrUnknown) {
  EXPECT_THAT(refusal({}), HasSubstr("town needs one of places, show"));
  EXPECT_THAT(refusal({"shw"}), HasSubstr("town has no \"shw\"; it has places, show"));
}

TEST_F(CommandLine, RefusesMissingRepeatedAndUnexpectedWords) {
  EXPECT_THAT(refusal({"places"}), HasSubstr("--from is required"));
  EXPECT_THAT(refusal({"places", "--from"}), HasSubstr("--from takes one YEAR"));
  EXPECT_THAT(refusal({"show", "a", "--ledger", "x", "--ledger", "y"}),
              HasSubstr("--ledger takes one DIR"));
  EXPECT_THAT(refusal({"show", "a", "b"}), HasSubstr("does not expect \"b\""));
  EXPECT_THAT(refusal({"show", "a", "-n", ""}), HasSubstr("-n takes a value that is not empty"));
}

TEST_F(CommandLine, GivesHelpThoughSomethingIsMissing) {
  const auto invocation = read({"places", "--help"});
  ASSERT_TRUE(invocation);
  EXPECT_TRUE(invocation->wants_help);
}

TEST_F(CommandLine, ReadsWholeNumbersOnly) {
  EXPECT_EQ(**read({"show", "a", "-n", "12"})->arguments.number("-n"), 12U);
  EXPECT_FALSE(*read({"show", "a"})->arguments.number("-n"));
  for (const char* wrong : {"1.5", "x", "1 ", "9223372036854775808"}) {
    EXPECT_FALSE(read({"show", "a", "-n", wrong})->arguments.number("-n")) << wrong;
  }
}

TEST_F(CommandLine, ShowsUsageArgumentsAndExamplesAsHelp) {
  const std::string page = help_text({&program_, &program_.children.front()});
  EXPECT_THAT(page, HasSubstr("Usage: town places [options] --from YEAR\n"));
  EXPECT_THAT(page, HasSubstr("  --from YEAR  a year\n"));
  EXPECT_THAT(page, HasSubstr("  --ledger DIR  the folder\n"));
  EXPECT_THAT(page, HasSubstr("  town places --from 2019\n      All of 2019.\n"));
}

TEST_F(CommandLine, SaysInHelpWhatIsWrittenWhere) {
  Command places = program_.children.front();
  const auto page = [&](std::vector<Format> formats) {
    places.formats = std::move(formats);
    return help_text({&program_, &places});
  };
  EXPECT_THAT(page({Format::table, Format::json}),
              HasSubstr("\nFormats: table, json; without --format table on a terminal, json into a "
                        "pipe or a file (--format table for text there).\n"));
  EXPECT_THAT(page({Format::text, Format::json}),
              HasSubstr("\nFormats: text, json; without --format text.\n"));
  EXPECT_THAT(page({Format::json, Format::leaf}),
              HasSubstr("\nFormats: json, leaf; without --format json.\n"));
  EXPECT_THAT(page({Format::json}), HasSubstr("\nFormat: json.\n"));
  EXPECT_THAT(page({}), Not(HasSubstr("Format")));
}

}  // namespace
}  // namespace liggare::tools
