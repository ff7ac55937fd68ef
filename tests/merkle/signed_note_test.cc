#include "merkle/signed_note.h"

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "tests/merkle/example_log.h"

namespace liggare::merkle {
namespace {

constexpr std::string_view foo =
    "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
constexpr std::string_view foo_line =
    "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3"
    "mFXmRKuwHjG1Yu72IneyaQM=\n";
constexpr std::string_view peter_note =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdn"
    "gotpRZb6KE6RyyBwJnAM=\n";

std::string with_foo(std::string_view text) {
  return std::string(text) + "\n" + std::string(foo_line);
}
std::string of_lines(std::size_t count) {
  std::string note = "text\n\n";
  for (std::size_t i = 0; i < count; ++i) note += foo_line;
  return note;
}
bool is_refused(std::string_view note) {
  const auto outcome = SignedNote::parse(note);
  return !outcome && outcome.error().code == ErrorCode::invalid_argument;
}

TEST(SignedNote, OfC2spIsSigned) {
  const SignedNote note = example::note(with_foo("This is an example message.\n"));
  EXPECT_EQ(note.text, "This is an example message.\n");
  ASSERT_EQ(note.signatures.size(), 1U);
  EXPECT_EQ(note.signatures[0].name, "example.com/foo");
  EXPECT_EQ(note.signatures[0].key_id, 0x530d903aU);
  EXPECT_TRUE(*is_signed_by(note, example::key(foo)));
}

TEST(SignedNote, OfGoIsSigned) {
  const auto key =
      example::key("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
  EXPECT_TRUE(*is_signed_by(example::note(peter_note), key));
  EXPECT_FALSE(*is_signed_by(example::note(peter_note), example::key(foo)));
}

TEST(SignedNote, OfAnotherTextIsCorrupt) {
  const auto outcome =
      is_signed_by(example::note(with_foo("This is an example massage.\n")), example::key(foo));
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, ErrorCode::corrupt);
}

TEST(SignedNote, WithABadSignatureBesideAGoodOneIsCorrupt) {
  SignedNote note = example::note(with_foo("This is an example message.\n"));
  NoteSignature bad = note.signatures[0];
  bad.bytes.back() = static_cast<char>(bad.bytes.back() ^ 1);
  note.signatures.push_back(bad);
  EXPECT_EQ(is_signed_by(note, example::key(foo)).error().code, ErrorCode::corrupt);
  std::swap(note.signatures[0], note.signatures[1]);
  EXPECT_EQ(is_signed_by(note, example::key(foo)).error().code, ErrorCode::corrupt);
}

TEST(SignedNote, IgnoresSignersThatShareANameOrAnIdOnly) {
  SignedNote note = example::note(with_foo("This is an example message.\n"));
  note.signatures.push_back({"example.com/foo", 0x530d903b, "?"});
  note.signatures.push_back({"example.com/bar", 0x530d903a, "?"});
  EXPECT_TRUE(*is_signed_by(note, example::key(foo)));
  note.signatures.erase(note.signatures.begin());
  EXPECT_FALSE(*is_signed_by(note, example::key(foo)));
}

TEST(SignedNote, IsNotSignedByAWitnessesKey) {
  const auto outcome = is_signed_by(example::note(example::new_checkpoint),
                                    example::key(example::first_witness_vkey));
  EXPECT_EQ(outcome.error().code, ErrorCode::invalid_argument);
}

TEST(SignedNote, IsPrintedAsItWasRead) {
  for (const std::string& text :
       {std::string(peter_note), std::string(example::old_checkpoint), with_foo("\n"),
        with_foo("a\n\nb\n"), with_foo("\n\n\n"), with_foo("— a\n"), of_lines(100)}) {
    EXPECT_EQ(example::note(text).print(), text);
  }
}

TEST(SignedNote, IsDividedByItsLastEmptyLine) {
  EXPECT_EQ(example::note(with_foo("a\n\n" + std::string(foo_line))).text,
            "a\n\n" + std::string(foo_line));
}

TEST(SignedNote, IsRefusedInAnyOtherForm) {
  const std::string good = with_foo("a\n");
  for (const std::string& bad :
       {std::string(), std::string("\n"), std::string("a\n"), std::string("a\n\n"),
        "\n" + std::string(foo_line), std::string(foo_line), with_foo("a"), good + "\n",
        good.substr(0, good.size() - 1), good + "a\n", good + "— b\n", with_foo("a\r\n"),
        with_foo("a\t\n"), with_foo("\xff\n"), with_foo("\xed\xa0\x80\n"),
        with_foo(std::string("\0\n", 2))}) {
    EXPECT_TRUE(is_refused(bad)) << bad;
  }
}

TEST(SignedNote, HasItsLimits) {
  EXPECT_TRUE(is_refused(of_lines(101)));
  const std::size_t rest = 1 + with_foo("").size();
  EXPECT_FALSE(is_refused(with_foo(std::string(note_bytes_max - rest, 'a') + "\n")));
  EXPECT_TRUE(is_refused(with_foo(std::string(note_bytes_max - rest + 1, 'a') + "\n")));
}

TEST(NoteSignature, MayBeOfATypeThatNobodyHereKnows) {
  const NoteSignature other{"post-quantum.example", 7, std::string(2428, 'q')};
  EXPECT_EQ(*NoteSignature::parse(other.line()), other);
}

TEST(NoteSignature, IsRefusedInAnyOtherForm) {
  const std::string base64 = "AAAAAWFh";
  EXPECT_TRUE(NoteSignature::parse("— a " + base64 + "\n"));
  for (const std::string& bad :
       {"— a " + base64, "- a " + base64 + "\n", "—a " + base64 + "\n", "—  a " + base64 + "\n",
        "— a  " + base64 + "\n", "— a " + base64 + " \n", "— a " + base64 + "\n\n",
        "— a+b " + base64 + "\n", "— \u00a0 " + base64 + "\n", "— " + base64 + "\n",
        "— \xff " + base64 + "\n", std::string("— a \n"), std::string("— a AAAAAQ==\n"),
        std::string("— a AAAAAWFhYQ\n"), std::string("— a AAAAAWF=\n"), std::string("— \n"),
        std::string("\n"), std::string()}) {
    const auto outcome = NoteSignature::parse(bad);
    ASSERT_FALSE(outcome) << bad;
    EXPECT_EQ(outcome.error().code, ErrorCode::invalid_argument);
  }
}

}  // namespace
}  // namespace liggare::merkle
