#include "merkle/verifier_key.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/bytes.h"
#include "tests/merkle/example_log.h"

namespace liggare::merkle {
namespace {

constexpr std::string_view foo =
    "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

ErrorCode refusal(std::string_view text) { return VerifierKey::parse(text).error().code; }

SigningKey key_named(std::string name) {
  return SigningKey(std::move(name), KeyType::cosignature_v1, SecretKey(std::string(32, 's')));
}

TEST(VerifierKey, IsReadAndWrittenAsOthersDo) {
  const VerifierKey key = example::key(foo);
  EXPECT_EQ(key.name, "example.com/foo");
  EXPECT_EQ(key.type, KeyType::ed25519);
  EXPECT_EQ(key.id(), 0x530d903aU);
  EXPECT_EQ(key.text(), foo);
  EXPECT_EQ(example::key(example::first_witness_vkey).type, KeyType::cosignature_v1);
  EXPECT_EQ(example::key(example::first_witness_vkey).text(), example::first_witness_vkey);
}

TEST(VerifierKey, IsRefusedUnderAnotherKeysId) {
  std::string other(foo);
  other[other.find('+') + 8] = 'b';
  EXPECT_EQ(refusal(other), ErrorCode::invalid_argument);
}

TEST(VerifierKey, IsRefusedInAnyOtherForm) {
  const std::string good(foo);
  const std::string base64 = good.substr(good.rfind('+') + 1);
  for (const std::string& bad : std::vector<std::string>{
           "", "a", "a+b", "++", good + "\n", good + "=", " " + good,
           "example.com/foo+530D903A+" + base64, "+530d903a+" + base64,
           "example.com/foo+530d903+" + base64, "example.com/foo+0530d903a+" + base64,
           "example.com/foo+530d903a0+" + base64, good + "AAAA", "example.com/foo+530d903a",
           "example.com/foo+530d903a+", "example.com/foo+530d903a+" + base64.substr(4),
           good.substr(0, good.size() - 4)}) {
    EXPECT_EQ(refusal(bad), ErrorCode::invalid_argument) << bad;
  }
}

// A key of whatever name and type, with the id that belongs to it.
std::string made_up(std::string_view name, char type) {
  const std::string material = type + std::string(32, 'k');
  std::string id;
  put_u32(id, get_u32(sha256({name, "\n", material}).view()));
  return std::string(name) + "+" + to_hex(id) + "+" + to_base64(material);
}

TEST(VerifierKey, IsRefusedWhereItsTypeIsUnknown) {
  EXPECT_TRUE(VerifierKey::parse(made_up("a", '\1')));
  for (const char type : {'\0', '\2', '\3', '\5', '\6', '\xff'}) {
    EXPECT_EQ(refusal(made_up("a", type)), ErrorCode::invalid_argument);
  }
}

TEST(VerifierKey, IsRefusedWhereItsNameIsNone) {
  for (const char* name : {"", "a b", "a\n", "\u00a0", "\xff"}) {
    EXPECT_EQ(refusal(made_up(name, '\1')), ErrorCode::invalid_argument) << name;
  }
}

TEST(VerifierKey, HoldsNothingButItsOwnSignatures) {
  const SigningKey key = example::log_key();
  std::string signature = key.sign("text");
  EXPECT_TRUE(key.verifier().holds("text", signature));
  EXPECT_FALSE(key.verifier().holds("test", signature));
  EXPECT_FALSE(key.verifier().holds("text", signature + '\0'));
  EXPECT_FALSE(key.verifier().holds("text", signature.substr(0, 63)));
  EXPECT_FALSE(key.verifier().holds("text", ""));
  EXPECT_FALSE(example::key(foo).holds("text", signature));
  for (char& byte : signature) {
    byte = static_cast<char>(byte ^ 1);
    EXPECT_FALSE(key.verifier().holds("text", signature));
    byte = static_cast<char>(byte ^ 1);
  }
}

TEST(KeyName, HasNoBlanksControlBytesOrPlusSigns) {
  EXPECT_TRUE(is_key_name("ledger.example.org/ort-\u00e5"));
  for (const char* bad : {"", "a b", "a\u00a0b", "a+b", "a\n", "\t", "\x1b", "\xff"}) {
    EXPECT_FALSE(is_key_name(bad)) << bad;
  }
}

TEST(SigningKey, IsMadeFromItsSeed) {
  EXPECT_EQ(example::log_key().verifier().text(), example::log_vkey);
}

TEST(SigningKey, ComesBackFromItsText) {
  const SigningKey key = key_named("a");
  const std::string text = key.secret_text();
  EXPECT_TRUE(text.starts_with("PRIVATE+KEY+a+"));
  const auto again = SigningKey::parse(text);
  EXPECT_EQ(again->secret_text(), text);
  EXPECT_EQ(again->verifier(), key.verifier());
  EXPECT_EQ(again->sign("text"), key.sign("text"));
}

TEST(KeyFile, IsReadAsEditorsSaveIt) {
  const std::string key(foo);
  for (const std::string& text : {key, key + "\n", key + "\r\n", "\xef\xbb\xbf" + key + "\r\n\r\n",
                                  "\n \t" + key + " \n\n"}) {
    EXPECT_EQ(parse_key_file(text)->text(), foo) << text;
  }
}

TEST(KeyFile, HoldsOneKeyAndNothingElse) {
  const std::string key(foo);
  for (const std::string& text : {std::string(), std::string("\xef\xbb\xbf\r\n"), key + "\n" + key,
                                  key + "\n# a comment\n", key + " x", " \xef\xbb\xbf" + key,
                                  "\xff\xfe" + key, "\xfe\xff" + key, key + std::string(1, '\0')}) {
    ASSERT_FALSE(parse_key_file(text)) << text;
    EXPECT_EQ(parse_key_file(text).error().code, ErrorCode::invalid_argument);
  }
}

// The seed stands in golang.org/x/mod/sumdb/note's documentation.
TEST(SigningKey, IsReadAsGoWritesIt) {
  const auto key = SigningKey::parse(
      "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz");
  EXPECT_EQ(key->verifier().text(),
            "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
}

TEST(SigningKey, IsRefusedWithoutTellingItsText) {
  std::string text = key_named("a").secret_text();
  const std::string_view base64 = std::string_view(text).substr(text.rfind('+') + 1);
  for (const std::string& bad : {text.substr(1), text + "A", text.substr(0, text.size() - 4),
                                 std::string(foo), "PRIVATE+KEY+b" + text.substr(13)}) {
    const auto outcome = SigningKey::parse(bad);
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(outcome.error().message.find(base64.substr(0, 8)), std::string::npos);
  }
}

}  // namespace
}  // namespace liggare::merkle
