#include "codec/access_record.h"

#include <capnp/message.h>
#include <capnp/serialize.h>
#include <gtest/gtest.h>

#include <fstream>

#include "access.capnp.h"
#include "base/bytes.h"
#include "codec/framing.h"

namespace liggare::codec {
namespace {

constexpr const char* place = "access record 7 of 2026";

access::Record bare() {
  access::Record record;
  record.id = std::string(32, 'a');
  record.recorded = Instant{1'700'000'000'000'000};
  record.who = "staff/S1";
  record.submitted_by = "local/1000";
  record.salt = std::string(16, '\x07');
  return record;
}

access::Record full() {
  access::Record record = bare();
  record.action = access::Action::break_glass;
  record.outcome = access::Outcome::failed;
  record.role = access::Role::lead;
  record.relation = access::Relation::unit;
  record.subject = "participant/P1";
  record.classes = {PersonalClass::identity, PersonalClass::offence};
  record.refused_classes = {PersonalClass::health};
  record.events = {5, 812, std::uint64_t{1} << 40};
  record.ledger_size = 900;
  record.purpose = access::Purpose::emergency;
  record.code = "fenced";
  record.event_type = "note.recorded";
  record.event_id = "n1";
  record.reason = Section{PersonalClass::ordinary, std::string(16, 'k'), "iiii",
                          std::string(32, 's'),    std::string(32, 'c'), std::string(80, 'x')};
  record.break_glass = std::string(32, 'b');
  record.before = {2025, 17, sha256({"root"})};
  return record;
}

access::Record approved() {
  access::Record record = full();
  record.action = access::Action::approve;
  record.content = sha256({"content"});
  return record;
}

std::string golden(const std::string& key) {
  std::ifstream file(LIGGARE_SOURCE_DIR "/tests/golden/records/access-v1.hex");
  std::string name;
  std::string hex;
  while (file >> name >> hex) {
    if (name == key) return *from_hex(hex);
  }
  return {};
}

ErrorCode answer(const std::string& bytes) {
  const auto decoded = decode_access_record(bytes, place);
  return decoded ? ErrorCode::not_found : decoded.error().code;
}

template <class Change>
std::string rewritten(const std::string& bytes, Change change) {
  const auto words = *segment_of(bytes);
  const kj::ArrayPtr<const capnp::word> segments[] = {{words.data(), words.size()}};
  capnp::SegmentArrayMessageReader message(kj::arrayPtr(segments, 1));
  capnp::MallocMessageBuilder builder;
  builder.setRoot(message.getRoot<schema::AccessRecord>());
  change(builder.getRoot<schema::AccessRecord>());
  const auto canonical = capnp::canonicalize(builder.getRoot<schema::AccessRecord>().asReader());
  return framed(canonical);
}

TEST(AccessRecord, ComesBackAsItWas) {
  for (const access::Record& record : {bare(), full(), approved()}) {
    const auto decoded = decode_access_record(encode_access_record(record), place);
    ASSERT_TRUE(decoded) << decoded.error().message;
    EXPECT_EQ(*decoded, record);
  }
}

TEST(AccessRecord, ComesBackWithEveryWord) {
  access::Record record = full();
  for (std::size_t i = 0; i < domain::Words<access::Action>::values.size(); ++i) {
    record.action = static_cast<access::Action>(i);
    record.outcome = static_cast<access::Outcome>(i % 3);
    record.relation = static_cast<access::Relation>(i % 4);
    record.purpose = static_cast<access::Purpose>(i % 9);
    record.role = static_cast<access::Role>(i % 8);
    EXPECT_EQ(decode_access_record(encode_access_record(record), place).value(), record) << i;
  }
}

TEST(AccessRecord, HasTheBytesOfTheGoldenFile) {
  EXPECT_EQ(to_hex(encode_access_record(bare())), to_hex(golden("bare:")));
  EXPECT_EQ(to_hex(encode_access_record(full())), to_hex(golden("full:")));
  EXPECT_EQ(to_hex(encode_access_record(approved())), to_hex(golden("approved:")));
}

TEST(AccessRecord, GetsASoundAnswerForEveryChangedBit) {
  for (const access::Record& record : {bare(), full()}) {
    const std::string bytes = encode_access_record(record);
    for (std::size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
      std::string damaged = bytes;
      damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ 1 << bit % 8);
      const auto decoded = decode_access_record(damaged, place);
      if (decoded) {
        EXPECT_EQ(encode_access_record(*decoded), damaged) << bit;
        continue;
      }
      EXPECT_TRUE(decoded.error().code == ErrorCode::corrupt ||
                  decoded.error().code == ErrorCode::unsupported);
      EXPECT_TRUE(decoded.error().message.starts_with(place)) << decoded.error().message;
    }
  }
}

TEST(AccessRecord, CutShortOrWithMoreBehindItIsCorrupt) {
  const std::string bytes = encode_access_record(full());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    ASSERT_EQ(answer(bytes.substr(0, size)), ErrorCode::corrupt) << size;
  }
  EXPECT_EQ(answer(bytes + std::string(8, '\0')), ErrorCode::corrupt);
}

TEST(AccessRecord, OfANewerReleaseSaysSo) {
  const std::string bytes = encode_access_record(full());
  EXPECT_EQ(answer(rewritten(bytes, [](auto out) { out.setSchemaVersion(2); })),
            ErrorCode::unsupported);
  EXPECT_EQ(answer(rewritten(bytes, [](auto out) { out.setSchemaVersion(0); })),
            ErrorCode::corrupt);
  EXPECT_EQ(answer(rewritten(
                bytes, [](auto out) { out.setPurpose(static_cast<schema::AccessPurpose>(99)); })),
            ErrorCode::unsupported);
}

TEST(AccessRecord, WithoutWhatItMustHaveIsCorrupt) {
  const std::string bytes = encode_access_record(full());
  EXPECT_EQ(answer(rewritten(bytes, [](auto out) { out.disownId(); })), ErrorCode::corrupt);
  EXPECT_EQ(answer(rewritten(bytes, [](auto out) { out.disownWho(); })), ErrorCode::corrupt);
  EXPECT_EQ(answer(rewritten(bytes, [](auto out) { out.disownSalt(); })), ErrorCode::corrupt);
  EXPECT_EQ(answer(rewritten(bytes, [](auto out) { out.setSubject(""); })), ErrorCode::corrupt);
  EXPECT_EQ(answer(rewritten(bytes, [](auto out) { out.setWho(""); })), ErrorCode::corrupt);
  EXPECT_EQ(answer(rewritten(bytes, [](auto out) { out.initContentDigest(31); })),
            ErrorCode::corrupt);
  EXPECT_EQ(answer(rewritten(bytes, [](auto out) { out.getBefore().disownRoot(); })),
            ErrorCode::corrupt);
  EXPECT_EQ(answer(rewritten(bytes, [](auto out) { out.setAction(schema::AccessAction::UNSET); })),
            ErrorCode::corrupt);
}

// Which access_json() could not show.
TEST(AccessRecord, WithANumberOrATimeBeyondAllIsCorrupt) {
  const std::string bytes = encode_access_record(full());
  EXPECT_EQ(answer(rewritten(bytes, [](auto out) { out.setLedgerSize(UINT64_MAX); })),
            ErrorCode::corrupt);
  EXPECT_EQ(answer(rewritten(bytes, [](auto out) { out.getEvents().set(0, UINT64_MAX); })),
            ErrorCode::corrupt);
  EXPECT_EQ(answer(rewritten(bytes, [](auto out) { out.getBefore().setSize(UINT64_MAX); })),
            ErrorCode::corrupt);
  EXPECT_EQ(answer(rewritten(bytes, [](auto out) { out.setRecorded(INT64_MAX); })),
            ErrorCode::corrupt);
}

TEST(AccessJson, TellsWhatWasApprovedByItsDigest) {
  EXPECT_EQ(*access_json(approved()).find("contentDigest")->as_text(),
            to_hex(sha256({"content"}).view()));
  EXPECT_TRUE(access_json(bare()).find("contentDigest")->is_null());
  EXPECT_TRUE(access_json(bare()).find("reason")->is_null());
}

TEST(AccessJson, ShowsNoneOfTheReason) {
  const std::string text = access_json(full()).text();
  EXPECT_NE(text.find(R"("reason":{"sealed":true})"), std::string::npos) << text;
  EXPECT_NE(text.find(R"("action":"break-glass","outcome":"failed","who":"staff/S1")"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find(R"("events":[5,812,1099511627776])"), std::string::npos) << text;
  EXPECT_NE(access_json(bare()).text().find(R"("reason":null,"breakGlass":null)"),
            std::string::npos);
}

}  // namespace
}  // namespace liggare::codec
