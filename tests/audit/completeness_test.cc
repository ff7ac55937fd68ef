#include "audit/completeness.h"

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "tests/audit/sample_evidence.h"

namespace liggare::audit {
namespace {

const std::vector<std::string>& subjects() {
  static const std::vector<std::string> names = subjects_of_one_bucket(6);
  return names;
}

// All of one bucket but the last stand in the directory.
const SampleEvidence& sample() {
  static const SampleEvidence evidence = [] {
    SampleEvidence made;
    for (std::size_t i = 0; i + 1 < subjects().size(); ++i) made.add(subjects()[i]);
    made.seal();
    return made;
  }();
  return evidence;
}

Hash sealed_root() {
  const auto record = codec::decode_record(sample().leaf(sample().size() - 1), 0).value();
  const auto& sealed = std::get<domain::LedgerSealed>(record.event.event.data);
  return Hash::from(from_hex(sealed.directory_root).value());
}

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  const auto at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what << " in " << text;
  return text.replace(at, what.size(), with);
}

ErrorCode code_of(const std::string& text) {
  const auto parsed = Completeness::parse(text);
  if (!parsed) return parsed.error().code;
  const auto verified = verify(*parsed, sealed_root());
  EXPECT_FALSE(verified) << text;
  return verified ? ErrorCode::io : verified.error().code;
}

TEST(Completeness, HoldsForEveryPlaceInABucketOfEverySize) {
  for (std::size_t count = 1; count < subjects().size(); ++count) {
    SampleEvidence evidence;
    for (std::size_t i = 0; i < count; ++i) evidence.add(subjects()[i]);
    evidence.seal();
    const auto record = codec::decode_record(evidence.leaf(count), 0).value();
    const auto& sealed = std::get<domain::LedgerSealed>(record.event.event.data);
    const Hash root = Hash::from(from_hex(sealed.directory_root).value());
    for (const std::string& subject : subjects()) {
      const std::string text = evidence.completeness(subject).print();
      const auto parsed = Completeness::parse(text);
      ASSERT_TRUE(parsed) << parsed.error().message << " in " << text;
      EXPECT_EQ(parsed->print(), text);
      EXPECT_EQ(parsed->subject(), subject);
      EXPECT_TRUE(verify(*parsed, root)) << text;
    }
  }
}

TEST(Completeness, TellsPresenceFromAbsence) {
  const auto present = Completeness::parse(sample().completeness(subjects()[0]).print()).value();
  ASSERT_NE(present.presence(), nullptr);
  EXPECT_EQ(present.presence()->entry.version, 1U);
  EXPECT_EQ(present.sealed_size, 5U);
  const auto absent = Completeness::parse(sample().completeness(subjects()[5]).print()).value();
  EXPECT_EQ(absent.presence(), nullptr);
}

TEST(Completeness, RefusesOtherNumbersAndNames) {
  const std::string text = sample().completeness(subjects()[2]).print();
  EXPECT_EQ(code_of(replaced(text, R"("version":1)", R"("version":2)")), ErrorCode::corrupt);
  EXPECT_EQ(code_of(replaced(text, R"("lastPosition":2)", R"("lastPosition":3)")),
            ErrorCode::corrupt);
  EXPECT_EQ(code_of(replaced(text, subjects()[2], subjects()[3])), ErrorCode::corrupt);
  EXPECT_EQ(code_of(replaced(text, R"("left":)", R"("right":)")), ErrorCode::corrupt);
}

TEST(Completeness, RefusesAnAbsenceOfWhatIsThere) {
  const std::string text = sample().completeness(subjects()[5]).print();
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_EQ(
        code_of(replaced(text, "\"subject\":\"" + subjects()[5], "\"subject\":\"" + subjects()[i])),
        ErrorCode::invalid_argument);
  }
}

TEST(Completeness, RefusesEveryOtherForm) {
  const std::string text = sample().completeness(subjects()[2]).print();
  const auto refused = [](const std::string& changed) {
    const auto parsed = Completeness::parse(changed);
    return !parsed && parsed.error().code == ErrorCode::invalid_argument;
  };
  EXPECT_TRUE(refused(""));
  EXPECT_TRUE(refused("[]\n"));
  EXPECT_TRUE(refused("{}\n"));
  EXPECT_TRUE(refused(text.substr(0, text.size() - 1)));
  EXPECT_TRUE(refused(text + "\n"));
  EXPECT_TRUE(refused(" " + text));
  EXPECT_TRUE(refused(replaced(text, "v1", "v2")));
  EXPECT_TRUE(refused(replaced(text, R"("size":5)", R"("size":5.0)")));
  EXPECT_TRUE(refused(replaced(text, R"("size":5)", R"("size":-5)")));
  EXPECT_TRUE(refused(replaced(text, R"("size":5)", R"("size":"5")")));
  EXPECT_TRUE(refused(replaced(text, R"("size":5)", R"("size":5,"size":5)")));
  EXPECT_TRUE(refused(replaced(text, R"("size":5)", R"("size":99999999999999999999)")));
  EXPECT_TRUE(refused(replaced(text, R"("version":1)", R"("version":0)")));
  EXPECT_TRUE(refused(replaced(text, R"("version":1)", R"("version":1,"x":1)")));
  EXPECT_TRUE(refused(replaced(text, "participant", "partic ipant")));
  EXPECT_TRUE(refused(replaced(text, R"({"left":)", R"({"Left":)")));
  EXPECT_TRUE(refused(replaced(text, R"("bucketPath":[")", R"("bucketPath":["AA==",")")));
  EXPECT_TRUE(refused(replaced(text, R"("bucketPath":[)", R"("bucketPath":[1,)")));
  EXPECT_TRUE(refused(replaced(text, R"("bucketPath":[)", R"("bucketPath":{},"x":[)")));
}

TEST(Completeness, RefusesAPathLongerThanAnyBucketIsHigh) {
  std::string steps;
  for (int i = 0; i < 70; ++i) steps += "{\"left\":\"" + to_base64(std::string(32, 'x')) + "\"},";
  const std::string text = replaced(sample().completeness(subjects()[2]).print(),
                                    R"("entryPath":[)", "\"entryPath\":[" + steps);
  EXPECT_EQ(code_of(text), ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace liggare::audit
