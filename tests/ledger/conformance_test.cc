// The visible conformance suites: what import must answer, and the exact answer of each query.
//
// They were made by an independent reading of the contract. The clock is set to the day on which
// the suite was recorded, since defaults and lateness depend on it.
#include <gtest/gtest.h>
#include <simdjson.h>

#include <map>

#include "codec/text_input.h"
#include "ledger/ledger.h"
#include "tests/support/fixed_clock.h"
#include "tests/support/json_equal.h"
#include "tests/support/temporary_folder.h"

namespace liggare::ledger {
namespace {

using simdjson::dom::element;
using simdjson::dom::object;

const std::string tests_folder = std::string(LIGGARE_SOURCE_DIR) + "/tests/";

std::vector<std::string> lines_of(const std::string& path) {
  auto input = codec::TextInput::open(path);
  EXPECT_TRUE(input) << path;
  std::vector<std::string> lines;
  while (true) {
    auto line = (*input)->next();
    if (!line || !*line) break;
    lines.push_back((*line)->text);
  }
  return lines;
}

std::string whole(const std::string& path) {
  std::string text;
  for (const std::string& line : lines_of(path)) text += line + "\n";
  return text;
}

struct Suite {
  std::string name;
  std::string events;
};

class Conformance : public testing::TestWithParam<Suite> {
 protected:
  void SetUp() override {
    const std::string folder = tests_folder + "conformance/" + GetParam().name;
    import_ = parser_.parse(whole(folder + "/import.json.gz")).value();
    clock_.emplace(*Day::parse(std::string_view(import_["recordedDay"])));
    folders_ = Folders::of(folder_.path() / "ledger");
    ASSERT_TRUE(Ledger::create({folders_, "example.org/conformance", HeadPolicy::floor}));
    answers_ = folder + "/answers.ndjson.gz";
  }

  std::unique_ptr<Ledger> open(Mode mode) {
    auto ledger = Ledger::open({folders_, mode, &*clock_});
    EXPECT_TRUE(ledger) << ledger.error().message;
    return *std::move(ledger);
  }

  void import_and_compare(Ledger& ledger) {
    std::map<std::uint64_t, std::string> refused;
    ImportOptions options;
    options.refused = [&](std::uint64_t line, const Refusal& refusal, std::string_view) {
      refused.emplace(line, domain::name_of(refusal.rejection.code));
    };
    const auto summary = ledger.import(tests_folder + GetParam().events, options);
    ASSERT_TRUE(summary) << summary.error().message;
    for (const element expected : import_["refused"].get_array()) {
      const auto line = expected["line"].get_uint64().value();
      EXPECT_EQ(refused[line], std::string_view(expected["code"])) << "line " << line;
      refused.erase(line);
    }
    for (const auto& [line, code] : refused) ADD_FAILURE() << "line " << line << ": " << code;
    const element counts = import_["summary"].value();
    EXPECT_EQ(summary->accepted, counts["accepted"].get_uint64().value());
    EXPECT_EQ(summary->duplicates, counts["duplicates"].get_uint64().value());
    EXPECT_EQ(summary->refused, counts["refused"].get_uint64().value());
    EXPECT_EQ(summary->size, counts["size"].get_uint64().value());
  }

  static ReportRequest request_of(element query) {
    ReportRequest request;
    request.name = std::string_view(query["report"]);
    for (const auto option : query["options"].get_object()) {
      const std::string text = option.value.is_string()
                                   ? std::string(std::string_view(option.value))
                                   : simdjson::minify(option.value);
      if (option.key == "asOf") {
        request.as_of = Day::parse(text);
      } else if (option.key == "at") {
        request.at = std::stoull(text);
      } else if (option.key == "onlyFindings") {
        request.options.emplace("only-findings", "");
      } else {
        request.options.emplace(option.key, text);
      }
    }
    return request;
  }

  // What a product sets itself is left out of the expected history.
  static Json without_own_attributes(const Json& answer) {
    Json rows = Json::array();
    for (const Json& row : *answer.find("rows")->as_array()) {
      Json kept = Json::object();
      for (const auto& [key, value] : *row.as_object()) {
        if (key != "recorded" && key != "submittedby") kept.add(key, value);
      }
      rows.push(std::move(kept));
    }
    Json result = Json::object();
    for (const auto& [key, value] : *answer.as_object()) {
      result.add(key, key == "rows" ? rows : value);
    }
    return result;
  }

  void compare(const Ledger& ledger, element query) {
    const auto answer = ledger.report(request_of(query));
    const bool expects_answer = query["exit"].get_int64().value() == 0;
    ASSERT_EQ(answer.has_value(), expects_answer) << simdjson::minify(query["options"].value());
    if (!expects_answer) {
      EXPECT_EQ(answer.error().code, ErrorCode::not_found);  // The suites know no other failure.
      return;
    }
    const Json json = std::string_view(query["report"]) == "history"
                          ? without_own_attributes(answer->json())
                          : answer->json();
    simdjson::dom::parser parser;
    const std::string text = json.text();
    EXPECT_EQ(test::json_difference(query["answer"].value(), parser.parse(text).value()), "")
        << std::string_view(query["report"]) << " " << simdjson::minify(query["options"].value());
  }

  int compare_answers(const Ledger& ledger) {
    int compared = 0;
    for (const std::string& line : lines_of(answers_)) {
      simdjson::dom::parser parser;
      const element query = parser.parse(line).value();
      compare(ledger, query);
      ++compared;
    }
    return compared;
  }

  test::TemporaryFolder folder_;
  simdjson::dom::parser parser_;
  element import_;
  std::optional<test::FixedClock> clock_;
  Folders folders_;
  std::string answers_;
};

TEST_P(Conformance, ImportsAndAnswersExactly) {
  {
    const auto writer = open(Mode::write);
    import_and_compare(*writer);
    EXPECT_GE(compare_answers(*writer), 35);  // Nothing kept yet: everything is folded.
  }
  const auto reader = open(Mode::read);
  EXPECT_GE(compare_answers(*reader), 35);  // From kept rows where the question is about now.
  const auto checks = reader->verify_projections();
  ASSERT_TRUE(checks);
  EXPECT_FALSE(checks->empty());
  for (const ProjectionCheck& check : *checks) EXPECT_TRUE(check.equal) << check.name;
}

// In another history a second import may take what was refused the first time: an event that
// clashed may fit by now. What was taken is never taken again.
TEST_P(Conformance, AnswersASecondImportWithDuplicates) {
  const auto writer = open(Mode::write);
  const auto first = writer->import(tests_folder + GetParam().events, {});
  ASSERT_TRUE(first);
  const auto again = writer->import(tests_folder + GetParam().events, {});
  ASSERT_TRUE(again);
  EXPECT_EQ(again->duplicates, first->accepted + first->duplicates);
  EXPECT_EQ(again->size, first->size + again->accepted);
  if (first->refused == 0) {
    EXPECT_EQ(again->accepted, 0U);
  }
}

INSTANTIATE_TEST_SUITE_P(Suites, Conformance,
                         testing::Values(Suite{"random-7", "conformance/random-7/events.ndjson.gz"},
                                         Suite{"linkoping", "data/linkoping.ndjson.gz"}),
                         [](const auto& suite) {
                           return suite.param.name == "random-7" ? "Random7" : "Linkoping";
                         });

}  // namespace
}  // namespace liggare::ledger
