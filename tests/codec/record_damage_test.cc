// Whatever the bytes, a reader answers: the record, or that it is damaged or too new.
#include <capnp/message.h>
#include <capnp/serialize.h>
#include <gtest/gtest.h>

#include <cstring>

#include "codec/record.h"
#include "codec/record_outline.h"
#include "codec/record_reader.h"
#include "event.capnp.h"
#include "tests/support/samples.h"

namespace liggare::codec {
namespace {

using test::Extent;

std::string sample_bytes(std::size_t sample) {
  return encode_record(test::sample_record(test::samples()[sample], Extent::full));
}

// What is taken without making the event of it is what decode_record() takes, and says the same.
void expect_same_outline(const std::string& bytes, const Result<Record>& decoded,
                         const std::string& what) {
  EXPECT_TRUE(decoded || !is_surely_readable(bytes)) << what;
  const auto outline = outline_record(bytes, 7);
  ASSERT_EQ(outline.has_value(), decoded.has_value()) << what;
  if (!decoded) {
    EXPECT_EQ(outline.error().message, decoded.error().message) << what;
    return;
  }
  EXPECT_EQ(outline->id, decoded->event.event.id) << what;
  EXPECT_EQ(outline->subject, decoded->event.event.subject.text()) << what;
  EXPECT_EQ(outline->version, decoded->event.version) << what;
  EXPECT_EQ(outline->recorded, decoded->event.recorded) << what;
  EXPECT_EQ(outline->type, decoded->event.event.type()) << what;
  EXPECT_EQ(outline->effective, decoded->event.event.effective) << what;
}

// What is read in place is what Cap'n Proto's own reader reads.
void expect_same_record(const std::string& bytes, const std::string& what) {
  if (!is_surely_readable(bytes)) return;
  const auto checked = read_with_checks(bytes, 7);
  ASSERT_TRUE(checked) << what;
  EXPECT_EQ(read_in_place(bytes, 7), *checked) << what;
}

// Nor does it matter to the event what is read with it.
void expect_same_event(const std::string& bytes, const Result<Record>& decoded,
                       const std::string& what) {
  const auto event = decode_event(bytes, 7);
  ASSERT_EQ(event.has_value(), decoded.has_value()) << what;
  if (decoded) {
    EXPECT_EQ(**event, decoded->event) << what;
  } else {
    EXPECT_EQ(event.error().message, decoded.error().message) << what;
  }
}

// A subject lies in the bytes, whatever they are, and is the event's where there is one.
void expect_sound_subject(const std::string& bytes, const Result<Record>& decoded,
                          const std::string& what) {
  const auto subject = subject_of_record(bytes, 7);
  if (!subject) {
    ASSERT_FALSE(decoded) << what;
    EXPECT_EQ(subject.error().message, decoded.error().message) << what;
    return;
  }
  EXPECT_GE(subject->data(), bytes.data()) << what;
  EXPECT_LE(subject->data() + subject->size(), bytes.data() + bytes.size()) << what;
  if (decoded) {
    EXPECT_EQ(*subject, decoded->event.event.subject.text()) << what;
  }
}

// Either an event that can be stored again, or an answer that says what is wrong.
void expect_sound_answer(const std::string& bytes, const std::string& what) {
  const auto decoded = decode_record(bytes, 7);
  expect_same_outline(bytes, decoded, what);
  expect_same_record(bytes, what);
  expect_same_event(bytes, decoded, what);
  expect_sound_subject(bytes, decoded, what);
  if (decoded) {
    const auto again = decode_record(encode_record(*decoded), 7);
    EXPECT_TRUE(again && *again == *decoded) << what;
  } else {
    EXPECT_TRUE(decoded.error().code == ErrorCode::corrupt ||
                decoded.error().code == ErrorCode::unsupported)
        << what;
    EXPECT_TRUE(decoded.error().message.starts_with("event 7: ")) << decoded.error().message;
  }
}

ErrorCode answer(const std::string& bytes) {
  EXPECT_FALSE(is_surely_readable(bytes));
  expect_sound_subject(bytes, decode_record(bytes, 7), "damaged");
  return decode_record(bytes, 0).error().code;
}

// `change`d and put into canonical form again: sound bytes that mean something else.
template <class Change>
std::string rewritten(const std::string& bytes, Change change) {
  std::vector<capnp::word> words((bytes.size() - 8) / 8);
  std::memcpy(words.data(), bytes.data() + 8, bytes.size() - 8);
  const kj::ArrayPtr<const capnp::word> segments[] = {{words.data(), words.size()}};
  capnp::SegmentArrayMessageReader message(kj::arrayPtr(segments, 1));
  capnp::MallocMessageBuilder builder;
  builder.setRoot(message.getRoot<schema::EventRecord>());
  change(builder.getRoot<schema::EventRecord>());
  const auto canonical = capnp::canonicalize(builder.getRoot<schema::EventRecord>().asReader());
  const auto size = static_cast<std::uint32_t>(canonical.size());
  std::string out(8, '\0');
  std::memcpy(out.data() + 4, &size, 4);
  return out.append(reinterpret_cast<const char*>(canonical.begin()), 8 * canonical.size());
}

TEST(UndamagedRecord, IsTakenWithoutMakingTheEventOfIt) {
  for (const auto& sample : test::samples()) {
    for (const Extent extent : {Extent::bare, Extent::full}) {
      const std::string bytes = encode_record(test::sample_record(sample, extent));
      EXPECT_TRUE(is_surely_readable(bytes)) << sample.type;
      expect_same_outline(bytes, decode_record(bytes, 7), std::string(sample.type));
      expect_same_record(bytes, std::string(sample.type));
      expect_same_event(bytes, decode_record(bytes, 7), std::string(sample.type));
      EXPECT_EQ(subject_in_place(bytes), subject_of_record(bytes, 7).value()) << sample.type;
    }
  }
}

// At bytes 8 to 15: where the root's parts begin, how many words of data it has, how many pointers.
TEST(DamagedRecord, WithoutASubjectsPlaceHasNoSubjectThere) {
  const std::string bytes = encode_record(test::sample_record(test::samples()[0], Extent::full));
  std::string few_pointers = bytes;
  few_pointers.replace(14, 2, 2, '\0');
  EXPECT_EQ(subject_in_place(few_pointers), std::nullopt);
  expect_sound_answer(few_pointers, "no pointers");
  std::string much_data = bytes;
  much_data.replace(12, 2, 2, '\xff');
  EXPECT_EQ(subject_in_place(much_data), std::nullopt);
  expect_sound_answer(much_data, "more data than bytes");
}

// No release has written this, and both readers take it for empty.
TEST(UndamagedRecord, MayHaveASectionWithoutAKeyId) {
  for (const auto& sample : test::samples()) {
    const Record record = test::sample_record(sample, Extent::full);
    if (record.sections.empty()) continue;
    const std::string bytes = rewritten(
        encode_record(record),
        [](schema::EventRecord::Builder builder) { builder.getPersonal()[0].disownKeyId(); });
    EXPECT_TRUE(is_surely_readable(bytes)) << sample.type;
    expect_same_record(bytes, std::string(sample.type));
    return;
  }
  FAIL() << "no sample has sections";
}

TEST(DamagedRecord, CutShortIsCorrupt) {
  for (std::size_t sample = 0; sample < domain::event_type_count; ++sample) {
    const std::string bytes = sample_bytes(sample);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      ASSERT_EQ(answer(bytes.substr(0, size)), ErrorCode::corrupt) << sample << " at " << size;
    }
  }
}

// Cut where an object ends or within one, and framed as if nothing were missing.
TEST(DamagedRecord, CutShortAndFramedAnewIsCorrupt) {
  for (std::size_t sample = 0; sample < domain::event_type_count; ++sample) {
    const std::string bytes = sample_bytes(sample);
    for (std::size_t size = 16; size < bytes.size(); size += 8) {
      std::string cut = bytes.substr(0, size);
      const auto words = static_cast<std::uint32_t>(size / 8 - 1);
      std::memcpy(cut.data() + 4, &words, sizeof(words));
      ASSERT_EQ(answer(cut), ErrorCode::corrupt) << sample << " at " << size;
    }
  }
}

TEST(DamagedRecord, WithMoreBehindItIsCorrupt) {
  const std::string bytes = sample_bytes(1);
  EXPECT_EQ(answer(bytes + "x"), ErrorCode::corrupt);
  EXPECT_EQ(answer(bytes + std::string(8, '\0')), ErrorCode::corrupt);
  EXPECT_EQ(answer(bytes + bytes), ErrorCode::corrupt);
}

TEST(DamagedRecord, WithDeadSpaceIsCorrupt) {
  std::string bytes = sample_bytes(1) + std::string(8, '\0');
  bytes[4] = static_cast<char>(bytes[4] + 1);
  EXPECT_EQ(answer(bytes), ErrorCode::corrupt);
}

TEST(DamagedRecord, OfSeveralSegmentsIsCorrupt) {
  std::string bytes = sample_bytes(1);
  bytes[0] = 1;
  EXPECT_EQ(answer(bytes), ErrorCode::corrupt);
  EXPECT_EQ(answer(std::string(8, '\0')), ErrorCode::corrupt);
}

TEST(DamagedRecord, GetsASoundAnswerForEveryChangedBit) {
  for (std::size_t sample = 0; sample < domain::event_type_count; ++sample) {
    const std::string bytes = sample_bytes(sample);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      std::string damaged = bytes;
      damaged[i] = static_cast<char>(damaged[i] ^ 1 << (i + sample) % 8);
      expect_sound_answer(damaged, std::to_string(sample) + " at " + std::to_string(i));
    }
  }
}

TEST(DamagedRecord, GetsASoundAnswerForEveryByteOfAll) {
  for (const std::size_t sample : {7U, 12U, 45U, 61U}) {  // Unions, lists, nested data.
    const std::string bytes = sample_bytes(sample);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      for (const char value : {'\x00', '\x01', '\x7f', '\xff'}) {
        std::string damaged = bytes;
        damaged[i] = value;
        expect_sound_answer(damaged, std::to_string(sample) + " at " + std::to_string(i));
      }
    }
  }
}

TEST(DamagedRecord, GetsASoundAnswerForEveryZeroedWord) {
  for (std::size_t sample = 0; sample < domain::event_type_count; ++sample) {
    const std::string bytes = sample_bytes(sample);
    for (std::size_t i = 8; i < bytes.size(); i += 8) {
      std::string damaged = bytes;
      damaged.replace(i, 8, 8, '\0');
      expect_sound_answer(damaged, std::to_string(sample) + " at " + std::to_string(i));
    }
  }
}

TEST(DamagedRecord, WithoutDataIsCorrupt) {
  const auto bytes = sample_bytes(1);
  EXPECT_EQ(answer(rewritten(bytes, [](auto record) { record.disownData(); })), ErrorCode::corrupt);
  EXPECT_EQ(answer(rewritten(bytes, [](auto record) { record.getData().disownUnitRenamed(); })),
            ErrorCode::corrupt);
}

TEST(DamagedRecord, WithoutAnAttributeIsCorrupt) {
  const auto bytes = sample_bytes(1);
  EXPECT_EQ(answer(rewritten(bytes, [](auto record) { record.disownId(); })), ErrorCode::corrupt);
  EXPECT_EQ(answer(rewritten(bytes, [](auto record) { record.disownActor(); })),
            ErrorCode::corrupt);
  EXPECT_EQ(answer(rewritten(bytes, [](auto record) { record.disownSource(); })),
            ErrorCode::corrupt);
  EXPECT_EQ(answer(rewritten(bytes, [](auto record) { record.disownSubmittedby(); })),
            ErrorCode::corrupt);
  EXPECT_EQ(answer(rewritten(bytes, [](auto record) { record.disownSubject(); })),
            ErrorCode::corrupt);
  EXPECT_EQ(answer(rewritten(bytes, [](auto record) { record.setEffective(20240230); })),
            ErrorCode::corrupt);
}

// Which nothing could show: JSON's integers are signed here, and a year has four digits.
TEST(DamagedRecord, WithANumberOrATimeBeyondAllIsCorrupt) {
  const auto bytes = sample_bytes(1);
  const auto at_version = [&](std::uint64_t version) {
    return rewritten(bytes, [version](auto record) { record.setStreamVersion(version); });
  };
  const auto at_time = [&](std::int64_t microseconds) {
    return rewritten(bytes, [microseconds](auto record) { record.setRecorded(microseconds); });
  };
  EXPECT_TRUE(decode_record(at_version(INT64_MAX), 0));
  EXPECT_EQ(answer(at_version(INT64_MAX + std::uint64_t{1})), ErrorCode::corrupt);
  const std::int64_t first = parse_rfc3339("0001-01-01T00:00:00Z")->instant.microseconds;
  const std::int64_t last = parse_rfc3339("9999-12-31T21:59:59.999999Z")->instant.microseconds;
  EXPECT_TRUE(decode_record(at_time(first), 0));
  EXPECT_TRUE(decode_record(at_time(last), 0));
  for (const std::int64_t beyond : {INT64_MIN, first - 1, last + 1, INT64_MAX}) {
    EXPECT_EQ(answer(at_time(beyond)), ErrorCode::corrupt) << beyond;
  }
}

TEST(DamagedRecord, WithASaltOfAnotherLengthIsCorrupt) {
  const auto bytes = sample_bytes(1);
  EXPECT_EQ(answer(rewritten(bytes, [](auto record) { record.disownSalt(); })), ErrorCode::corrupt);
  EXPECT_EQ(answer(rewritten(bytes, [](auto record) { record.initSalt(15); })), ErrorCode::corrupt);
}

TEST(DamagedRecord, WithoutARequiredTextIsCorrupt) {
  const auto without_name = rewritten(
      sample_bytes(1), [](auto record) { record.getData().getUnitRenamed().disownName(); });
  EXPECT_EQ(answer(without_name), ErrorCode::corrupt);
}

TEST(DamagedRecord, WithAnUnsetWordIsCorrupt) {
  const auto unset = rewritten(sample_bytes(0), [](auto record) {
    record.getData().getUnitRegistered().setKind(schema::UnitKind::UNSET);
  });
  EXPECT_EQ(answer(unset), ErrorCode::corrupt);
}

TEST(DamagedRecord, WithAChoiceThatHasNoValueIsCorrupt) {
  const auto scope = [](auto record) { return record.getData().getTargetSet().getScope(); };
  const auto bytes = sample_bytes(7);
  EXPECT_EQ(
      answer(rewritten(
          bytes, [&](auto record) { scope(record).setCategory(schema::PlaceCategory::UNSET); })),
      ErrorCode::corrupt);
  EXPECT_EQ(answer(rewritten(bytes,
                             [&](auto record) {
                               scope(record).setAdministration("U1");
                               scope(record).disownAdministration();
                             })),
            ErrorCode::corrupt);
}

TEST(DamagedRecord, WithoutAPartIsCorrupt) {
  EXPECT_EQ(answer(rewritten(sample_bytes(7),
                             [](auto record) { record.getData().getTargetSet().disownScope(); })),
            ErrorCode::corrupt);
  const auto correction = static_cast<std::size_t>(domain::EventType::event_corrected);
  EXPECT_EQ(
      answer(rewritten(sample_bytes(correction),
                       [](auto record) { record.getData().getEventCorrected().disownData(); })),
      ErrorCode::corrupt);
}

// A list of access records by their numbers, which are signed in the event.
TEST(DamagedRecord, WithANumberInAListBeyondAllIsCorrupt) {
  const auto review = static_cast<std::size_t>(domain::EventType::review_started);
  EXPECT_EQ(answer(rewritten(sample_bytes(review),
                             [](auto record) {
                               record.getData().getReviewStarted().getItems().set(0, UINT64_MAX);
                             })),
            ErrorCode::corrupt);
}

// Deeper than anyone corrects: the reader in place leaves it to the other one.
TEST(UnusualRecord, OfManyCorrectionsInOneIsReadWithChecks) {
  Record record = test::sample_record(test::samples()[1], Extent::bare);
  for (int depth = 0; depth < 12; ++depth) {
    const auto within =
        std::make_shared<const domain::AnyPayload>(domain::AnyPayload{record.event.event.data});
    record.event.event.data = domain::EventCorrected{"ev-0", {within}, std::nullopt, "fel"};
  }
  record.event.position = 7;
  const std::string bytes = encode_record(record);
  EXPECT_FALSE(is_surely_readable(bytes));
  EXPECT_EQ(decode_record(bytes, 7).value(), record);
}

TEST(NewerRecord, SaysSoByItsSchemaVersion) {
  const auto bytes = sample_bytes(1);
  EXPECT_TRUE(decode_record(rewritten(bytes, [](auto record) { record.setSchemaVersion(1); }), 0));
  EXPECT_EQ(answer(rewritten(bytes, [](auto record) { record.setSchemaVersion(2); })),
            ErrorCode::unsupported);
  EXPECT_EQ(answer(rewritten(bytes, [](auto record) { record.setSchemaVersion(0); })),
            ErrorCode::corrupt);
}

TEST(NewerRecord, SaysSoByAWordThatIsUnknown) {
  const auto bytes = rewritten(sample_bytes(0), [](auto record) {
    record.getData().getUnitRegistered().setKind(static_cast<schema::UnitKind>(99));
  });
  EXPECT_EQ(answer(bytes), ErrorCode::unsupported);
}

TEST(NewerRecord, SaysSoByAClassThatIsUnknown) {
  const auto bytes = rewritten(sample_bytes(21), [](auto record) {
    record.getPersonal()[0].setPersonalClass(static_cast<schema::PersonalClass>(9));
  });
  EXPECT_EQ(answer(bytes), ErrorCode::unsupported);
}

TEST(NewerRecord, SaysSoByAKindOfStreamThatIsUnknown) {
  const auto bytes =
      rewritten(sample_bytes(1), [](auto record) { record.setSubject("galaxy/M31"); });
  EXPECT_EQ(answer(bytes), ErrorCode::unsupported);
}

}  // namespace
}  // namespace liggare::codec
