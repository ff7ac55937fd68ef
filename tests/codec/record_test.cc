#include "codec/record.h"

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "tests/support/samples.h"

namespace liggare::codec {
namespace {

using namespace domain;
using test::Extent;

// A record of `data` about `kind`'s stream X.
Record record_of(StreamKind kind, Payload data) {
  Record record = test::sample_record(test::samples()[0], Extent::bare);
  record.event.event.subject = {kind, "X"};
  record.event.event.data = std::move(data);
  return record;
}

Payload again(Payload data) {
  const auto decoded =
      decode_record(encode_record(record_of(StreamKind::participant, std::move(data))), 0);
  return decoded.value().event.event.data;
}

std::size_t words_in(std::string_view bytes) {
  return std::size_t{static_cast<unsigned char>(bytes[4])} |
         std::size_t{static_cast<unsigned char>(bytes[5])} << 8;
}

TEST(Record, IsOneSegmentWithItsLengthInFront) {
  for (const auto& sample : test::samples()) {
    const std::string bytes = encode_record(test::sample_record(sample, Extent::full));
    EXPECT_EQ(to_hex(bytes.substr(0, 4)), "00000000");
    EXPECT_EQ(bytes.size(), 8 + 8 * words_in(bytes)) << sample.type;
  }
}

TEST(Record, TellsAbsentFromEmpty) {
  using Classes = std::optional<std::vector<PersonalClass>>;
  const auto executed = [](Classes classes) {
    return ErasureExecuted{std::move(classes), std::nullopt, 0, std::string(64, 'a')};
  };
  EXPECT_EQ(std::get<ErasureExecuted>(again(executed(std::nullopt))).classes, std::nullopt);
  EXPECT_EQ(std::get<ErasureExecuted>(again(executed(std::vector<PersonalClass>{}))).classes,
            std::vector<PersonalClass>{});
}

TEST(Record, TellsNoPersonalDataFromEmptyPersonalData) {
  Record record = record_of(StreamKind::participant, NoteRecorded{});
  const std::string absent = encode_record(record);
  EXPECT_EQ(decode_record(absent, 0)->event.event.personal, std::nullopt);
  record.event.event.personal.emplace();
  EXPECT_NE(encode_record(record), absent);
  EXPECT_EQ(decode_record(encode_record(record), 0)->event.event.personal,
            std::vector<PersonalClass>{});
}

TEST(Record, TellsAbsentFromZero) {
  TargetSet target;
  target.scope.all = true;
  EXPECT_EQ(std::get<TargetSet>(again(target)).baseline, std::nullopt);
  target.baseline = 0;
  EXPECT_EQ(std::get<TargetSet>(again(target)).baseline, 0);
}

TEST(Record, TellsEachAbsentPolicyParameterFromZero) {
  PolicyAdopted policy;
  policy.parameters.months = 0;
  policy.parameters.late_days = 0;
  EXPECT_EQ(std::get<PolicyAdopted>(again(policy)), policy);
  EXPECT_EQ(std::get<PolicyAdopted>(again(PolicyAdopted{})), PolicyAdopted{});
}

TEST(Record, KeepsTheOrderOfLists) {
  const MeetingHeld meeting{
      MeetingKind::mi, {}, {DataCategory::social, DataCategory::identity}, {"C2", "C1", "C2"}};
  EXPECT_EQ(std::get<MeetingHeld>(again(meeting)), meeting);
}

TEST(Record, KeepsTheOutermostValues) {
  EXPECT_EQ(std::get<AgreementAmended>(again(AgreementAmended{"L", integer_max})).places,
            integer_max);
  const AssessmentRecorded assessment{
      "x", "1", Respondent::handler, {{"low", -integer_max}, {"high", integer_max}}};
  EXPECT_EQ(std::get<AssessmentRecorded>(again(assessment)), assessment);
  for (const Day day : {Day::first(), Day::last()}) {
    EXPECT_EQ(std::get<AgreementTerminated>(again(AgreementTerminated{day})).valid_to, day);
  }
}

TEST(Record, KeepsInstantsBefore1970) {
  Record record = record_of(StreamKind::participant, NoteRecorded{});
  record.event.recorded.microseconds = -1;
  EXPECT_EQ(decode_record(encode_record(record), 0)->event.recorded.microseconds, -1);
}

TEST(Record, DiffersByItsSalt) {
  Record record = record_of(StreamKind::participant, NoteRecorded{});
  const std::string one = encode_record(record);
  record.salt[15] = 'x';
  EXPECT_NE(encode_record(record), one);
}

TEST(Record, HoldsNoPosition) {
  Record record = record_of(StreamKind::participant, NoteRecorded{});
  const std::string bytes = encode_record(record);
  record.event.position = 99;
  EXPECT_EQ(encode_record(record), bytes);
  EXPECT_EQ(decode_record(bytes, 5)->event.position, 5u);
}

TEST(Record, MayComeOutLongerThanARecordMayBe) {
  UnitRenamed renamed{std::string(70'000, 'x')};
  const std::string bytes = encode_record(record_of(StreamKind::unit, renamed));
  EXPECT_GT(bytes.size(), record_bytes_max);
  EXPECT_EQ(std::get<UnitRenamed>(decode_record(bytes, 0)->event.event.data), renamed);
}

}  // namespace
}  // namespace liggare::codec
