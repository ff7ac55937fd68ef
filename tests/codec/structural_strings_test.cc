// No structural string may hold what looks like a person's number (contract, section 1 and P3).
#include <gtest/gtest.h>

#include "tests/codec/line.h"
#include "tests/support/samples.h"

namespace liggare::codec {
namespace {

using enum RejectionCode;
using test::Extent;
using test::Sample;

struct Span {
  std::size_t begin;
  std::size_t size;
};

// The string values of a line, without their quotation marks, up to data.personal.
std::vector<Span> string_values(const std::string& line) {
  std::vector<Span> values;
  const std::size_t stop = std::min(line.find(R"("personal":)"), line.size());
  for (std::size_t at = line.find('"'); at < stop; at = line.find('"', at + 1)) {
    const std::size_t begin = at + 1;
    for (at = begin; line[at] != '"'; ++at) {
      if (line[at] == '\\') ++at;
    }
    if (line[at + 1] != ':') values.push_back({begin, at - begin});
  }
  return values;
}

// The data of a correction are judged in their turn.
std::optional<domain::Rejection> refusal(const std::string& line) {
  const auto submission = parse_event(line, Sender::own_command);
  if (!submission) return submission.error();
  if (submission->event.type() != domain::EventType::event_corrected) return std::nullopt;
  const auto data = parse_correction(submission->correction_data, test::corrected_sample_type);
  return data ? std::nullopt : std::optional(data.error());
}

TEST(StructuralStrings, HoldNoPersonNumber) {
  for (const Sample& sample : test::samples()) {
    for (const Extent extent : {Extent::bare, Extent::full}) {
      const std::string line = test::sample_line(sample, extent);
      ASSERT_EQ(refusal(line), std::nullopt) << line;
      for (const Span& value : string_values(line)) {
        std::string changed = line;
        changed.replace(value.begin, value.size, "x-850101-2382");
        const auto rejection = refusal(changed);
        ASSERT_TRUE(rejection) << changed;
        EXPECT_EQ(rejection->code, invalid_field) << changed;
        EXPECT_TRUE(rejection->detail.starts_with("$.")) << rejection->detail;
        EXPECT_EQ(rejection->detail.find("2382"), std::string::npos) << rejection->detail;
      }
    }
  }
}

TEST(StructuralStrings, MayHoldOtherNumbers) {
  expect_taken(note().with("id", R"("x-850101-2384")"));
  expect_taken(Line("unit.renamed", R"({"name":"+46701740605"})").about("unit/U1"));
}

TEST(StructuralStrings, OfEveryAttributeHoldNoPersonNumber) {
  const auto refused = [](std::string_view name, std::string_view value) {
    expect_refused(note().with(name, in_quotes(value)), invalid_field, "$." + std::string(name));
  };
  refused("id", "ev:850101-2382");
  refused("source", "/x/8501012382");
  refused("subject", "participant/198501012382");
  refused("actor", "staff/850101-2382");
  refused("time", "2024-03-01T08:15:00.8501012382Z");
  refused("purpose", "850101-2382");
  refused("correlationid", "850101+2382");
  refused("causationid", "198501612389");
}

TEST(StructuralStrings, OfDigestsMayHoldWhatLooksLikeOne) {
  const std::string digest = "8501012382" + std::string(54, 'a');
  expect_taken(Line("notice.published", R"({"language":"sv","purposes":[],"categories":[],)"
                                        R"("recipients":[],"retention":"x","textDigest":)" +
                                            in_quotes(digest) + "}")
                   .about("notice/N1"));
  expect_taken(Line("consent.given", R"({"consent":"C","nature":"gdpr","purpose":"p",)"
                                     R"("categories":[],"recipients":[],"form":"oral",)"
                                     R"("evidenceDigest":)" +
                                         in_quotes(digest) + "}"));
}

}  // namespace
}  // namespace liggare::codec
