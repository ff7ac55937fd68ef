#include "merkle/cosignature.h"

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "tests/merkle/example_log.h"

namespace liggare::merkle {
namespace {

SigningKey witness(KeyType type = KeyType::cosignature_v1) {
  return SigningKey("witness.example/a", type, SecretKey(std::string(32, 'w')));
}

// A checkpoint that our witness cosigned at each of these times.
SignedNote cosigned(std::initializer_list<std::uint64_t> times) {
  SignedNote note = example::note(example::new_checkpoint);
  for (const std::uint64_t time : times) {
    note.signatures.push_back(cosign(note.text, witness(), time));
  }
  return note;
}

ErrorCode refusal(const SignedNote& note) {
  return cosigned_at(note, witness().verifier()).error().code;
}

TEST(Cosignature, OfAnotherImplementationIsSeen) {
  for (const auto checkpoint : {example::old_checkpoint, example::new_checkpoint}) {
    for (const auto key : {example::first_witness_vkey, example::second_witness_vkey}) {
      EXPECT_EQ(*cosigned_at(example::note(checkpoint), example::key(key)),
                example::cosigned_seconds);
    }
  }
}

TEST(Cosignature, SignsTheTimeAndTheText) {
  EXPECT_EQ(cosignature_message(1679315147, "a\n1\nroot\n"),
            "cosignature/v1\ntime 1679315147\na\n1\nroot\n");
}

TEST(Cosignature, IsTheLatestOfSeveral) {
  EXPECT_EQ(*cosigned_at(cosigned({5}), witness().verifier()), 5U);
  EXPECT_EQ(*cosigned_at(cosigned({5, 7, 6}), witness().verifier()), 7U);
  EXPECT_EQ(*cosigned_at(cosigned({0}), witness().verifier()), 0U);
}

TEST(Cosignature, IsNothingWhereTheWitnessDidNotCosign) {
  EXPECT_EQ(*cosigned_at(cosigned({}), witness().verifier()), std::nullopt);
}

TEST(Cosignature, OverAnotherCheckpointIsCorrupt) {
  SignedNote note = cosigned({5});
  note.text = example::note(example::old_checkpoint).text;
  EXPECT_EQ(refusal(note), ErrorCode::corrupt);
}

TEST(Cosignature, WithAnotherTimeIsCorruptAlsoBesideAGoodOne) {
  SignedNote note = cosigned({5, 6});
  note.signatures.back().bytes[7] = 9;
  EXPECT_EQ(refusal(note), ErrorCode::corrupt);
}

TEST(Cosignature, OfAnotherLengthIsCorrupt) {
  for (const std::size_t size : {0U, 8U, 64U, 71U, 73U}) {
    SignedNote note = cosigned({5});
    note.signatures.back().bytes.resize(size);
    EXPECT_EQ(refusal(note), ErrorCode::corrupt) << size;
  }
}

TEST(Cosignature, OfATimeBeyondTwoToThe63IsCorrupt) {
  SignedNote note = cosigned({});
  const std::uint64_t time = std::uint64_t{1} << 63;
  std::string bytes;
  put_u64(bytes, time);
  bytes += witness().sign(cosignature_message(time, note.text));
  note.signatures.push_back({witness().verifier().name, witness().verifier().id(), bytes});
  EXPECT_EQ(refusal(note), ErrorCode::corrupt);
}

TEST(Cosignature, IsNotReadWithALogsKey) {
  const auto key = witness(KeyType::ed25519).verifier();
  EXPECT_EQ(cosigned_at(cosigned({5}), key).error().code, ErrorCode::invalid_argument);
}

TEST(CosignatureDeathTest, IsNotMadeWithALogsKey) {
  EXPECT_DEATH(cosign("a\n", witness(KeyType::ed25519), 5), "no witness's");
}

TEST(CosignatureDeathTest, IsNotMadeForATimeThatNobodyWillSee) {
  EXPECT_DEATH(cosign("a\n", witness(), std::uint64_t{1} << 63), "a time of");
}

}  // namespace
}  // namespace liggare::merkle
