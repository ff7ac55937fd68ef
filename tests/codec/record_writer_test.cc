// The bytes of a record beside those of Cap'n Proto's own canonicalize().
#include "codec/record_writer.h"

#include <capnp/message.h>
#include <capnp/serialize.h>
#include <gtest/gtest.h>

#include <cstring>

#include "codec/framing.h"
#include "codec/record_reader.h"
#include "event.capnp.h"
#include "tests/support/samples.h"

namespace liggare::codec {
namespace {

using test::Extent;

std::string canonicalized(const std::string& bytes) {
  const auto segment = segment_of(bytes).value();
  const kj::ArrayPtr<const capnp::word> segments[] = {{segment.data(), segment.size()}};
  capnp::SegmentArrayMessageReader message(kj::arrayPtr(segments, 1));
  // Copied first: it is made anew, whatever its bytes were.
  capnp::MallocMessageBuilder builder;
  builder.setRoot(message.getRoot<schema::EventRecord>());
  return framed(capnp::canonicalize(builder.getRoot<schema::EventRecord>().asReader()));
}

void expect_canonical(const Record& record, std::string_view what) {
  const std::string bytes = write_record(record.event, record.salt, record.sections);
  EXPECT_EQ(bytes, canonicalized(bytes)) << what;
  const auto read = read_with_checks(bytes, record.event.position);
  ASSERT_TRUE(read) << what << ": " << read.error().message;
  EXPECT_EQ(*read, record) << what;
}

Record note_with(domain::Payload data) {
  Record record = test::sample_record(test::samples()[0], Extent::bare);
  record.event.event.data = std::move(data);
  return record;
}

TEST(RecordWriter, WritesEachTypeInCanonicalForm) {
  for (const auto& sample : test::samples()) {
    for (const Extent extent : {Extent::bare, Extent::full}) {
      expect_canonical(test::sample_record(sample, extent), sample.type);
    }
  }
}

TEST(RecordWriter, WritesEachTypeInACorrection) {
  for (const auto& sample : test::samples()) {
    for (const Extent extent : {Extent::bare, Extent::full}) {
      const auto data = test::sample_submission(sample, extent).event.data;
      expect_canonical(note_with(domain::EventCorrected{
                           "ev-0",
                           {std::make_shared<const domain::AnyPayload>(domain::AnyPayload{data})},
                           std::nullopt,
                           "fel"}),
                       sample.type);
    }
  }
}

TEST(RecordWriter, PadsTextsOfAnyLength) {
  for (std::size_t length = 1; length <= 17; ++length) {
    Record record = test::sample_record(test::samples()[0], Extent::full);
    record.event.event.id = std::string(length, 'i');
    record.event.event.purpose = std::string(length - 1, 'p');
    for (Section& section : record.sections) section.ciphertext = std::string(length, '\x01');
    expect_canonical(record, std::to_string(length));
  }
}

TEST(RecordWriter, EndsAStructWhereItsLastValueDoes) {
  domain::PolicyAdopted policy;
  expect_canonical(note_with(policy), "no parameter");
  policy.parameters.months = 0;
  expect_canonical(note_with(policy), "one that is zero");
  policy.parameters.late_days = 255;
  expect_canonical(note_with(policy), "two");
}

TEST(RecordWriter, MakesAllElementsOfAListAsLongAsTheLongest) {
  const auto ladder_of = [](std::vector<std::size_t> criteria) {
    domain::LadderPublished ladder;
    for (const std::size_t count : criteria) {
      domain::LadderStep step;
      step.step = static_cast<std::int64_t>(ladder.steps.size() + 1);
      for (std::size_t i = 0; i < count; ++i) {
        domain::Criterion criterion;
        criterion.criterion = std::string(i, 'c');
        criterion.mandatory = i % 2 == 1;
        step.criteria.push_back(std::move(criterion));
      }
      ladder.steps.push_back(std::move(step));
    }
    return note_with(std::move(ladder));
  };
  expect_canonical(ladder_of({}), "no step");
  expect_canonical(ladder_of({0}), "a step without criteria");
  expect_canonical(ladder_of({0, 1, 3}), "steps of several lengths");
  expect_canonical(ladder_of({4, 0, 9}), "the longest in front");
}

TEST(RecordWriter, TellsAListThatIsEmptyFromNone) {
  Record record = test::sample_record(test::samples()[0], Extent::bare);
  record.event.event.personal.emplace();
  expect_canonical(record, "no class");
  expect_canonical(
      note_with(domain::ErasureExecuted{std::vector<PersonalClass>{}, std::vector<std::string>{}, 0,
                                        std::string(64, 'a')}),
      "no class, no target");
}

}  // namespace
}  // namespace liggare::codec
