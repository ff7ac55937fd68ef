// One sample of each event type, from JSON and back, and into stored bytes and back.
#include <gtest/gtest.h>
#include <simdjson.h>

#include "codec/event_json.h"
#include "tests/support/samples.h"

namespace liggare::codec {
namespace {

using test::Extent;
using test::Sample;

class EachSample : public ::testing::TestWithParam<std::size_t> {
 protected:
  static const Sample& sample() { return test::samples()[GetParam()]; }
  static constexpr std::array extents{Extent::bare, Extent::full};
};

std::string name_of_sample(const ::testing::TestParamInfo<std::size_t>& info) {
  std::string name(test::samples()[info.param].type);
  for (char& c : name) {
    if (c == '.' || c == '-') c = '_';
  }
  return name;
}
INSTANTIATE_TEST_SUITE_P(Samples, EachSample,
                         ::testing::Range(std::size_t{0}, domain::event_type_count),
                         name_of_sample);

// The class's text as it was sent.
PersonalView in_the_clear(const Submission& submission) {
  return [&submission](PersonalClass personal_class) {
    Json json = Json::object();
    for (const PersonalText& text : submission.personal) {
      if (text.personal_class != personal_class) continue;
      simdjson::dom::parser parser;
      const simdjson::dom::object members = parser.parse(text.json);
      for (const auto member : members) {
        json.add(member.key, Json(std::string(std::string_view(member.value))));
      }
    }
    return json;
  };
}

TEST_P(EachSample, IsOfTheTypeWithThatNumber) {
  EXPECT_EQ(sample().type, domain::name_of(static_cast<domain::EventType>(GetParam())));
}

TEST_P(EachSample, ComesBackAsTheJsonThatWasSent) {
  for (const Extent extent : extents) {
    const Submission submission = test::sample_submission(sample(), extent);
    EXPECT_EQ(client_json(submission.event, in_the_clear(submission)).text(),
              test::sample_line(sample(), extent));
  }
}

TEST_P(EachSample, ComesBackFromItsRecord) {
  for (const Extent extent : extents) {
    Record record = test::sample_record(sample(), extent);
    record.event.position = 17;
    const auto decoded = decode_record(encode_record(record), 17);
    ASSERT_TRUE(decoded) << decoded.error().message;
    EXPECT_EQ(*decoded, record);
  }
}

TEST_P(EachSample, HasOneRecordAndOnlyOne) {
  for (const Extent extent : extents) {
    const std::string bytes = encode_record(test::sample_record(sample(), extent));
    EXPECT_EQ(encode_record(test::sample_record(sample(), extent)), bytes);
    EXPECT_EQ(encode_record(*decode_record(bytes, 0)), bytes);
  }
}

TEST_P(EachSample, IsReadFromAnyAddress) {
  const Record record = test::sample_record(sample(), Extent::full);
  const std::string bytes = encode_record(record);
  for (std::size_t shift = 0; shift < 8; ++shift) {
    const std::string shifted = std::string(shift, 'x') + bytes;
    const auto decoded = decode_record(std::string_view(shifted).substr(shift), 0);
    ASSERT_TRUE(decoded) << shift;
    EXPECT_EQ(*decoded, record);
  }
}

TEST_P(EachSample, MayStandInACorrection) {
  for (const Extent extent : extents) {
    Record record = test::sample_record(test::samples()[0], Extent::bare);
    const auto data = test::sample_submission(sample(), extent).event.data;
    record.event.event.data = domain::EventCorrected{
        "ev-0",
        {std::make_shared<const domain::AnyPayload>(domain::AnyPayload{data})},
        std::nullopt,
        "fel"};
    const auto decoded = decode_record(encode_record(record), 0);
    ASSERT_TRUE(decoded) << decoded.error().message;
    EXPECT_EQ(*decoded, record);
  }
}

TEST(Samples, AreOneForEachType) { EXPECT_EQ(test::samples().size(), domain::event_type_count); }

TEST(EventJson, AddsWhatTheLedgerSet) {
  auto recorded = test::sample_record(test::samples()[1], Extent::bare).event;
  recorded.position = 42;
  recorded.version = 3;
  recorded.submitted_by = "local/1000";
  EXPECT_TRUE(event_json(recorded, sealed_view)
                  .text()
                  .ends_with(R"("sequence":"00000000000000000042",)"
                             R"("recorded":"2024-03-01T09:30:00.123456Z","streamversion":3,)"
                             R"("submittedby":"local/1000"})"));
  EXPECT_EQ(sequence_text(~std::uint64_t{0}), "18446744073709551615");
}

TEST(EventJson, ShowsPersonalDataAsSealed) {
  const auto recorded = test::sample_record(test::samples()[21], Extent::full).event;
  const Json json = event_json(recorded, sealed_view);
  EXPECT_EQ(json.find("data")->find("personal")->text(),
            R"({"identity":{"sealed":true},"ordinary":{"sealed":true},"social":{"sealed":true},)"
            R"("health":{"sealed":true},"offence":{"sealed":true}})");
}

}  // namespace
}  // namespace liggare::codec
