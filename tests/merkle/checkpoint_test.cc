#include "merkle/checkpoint.h"

#include <gtest/gtest.h>

#include <array>

#include "tests/merkle/example_log.h"

namespace liggare::merkle {
namespace {

constexpr std::string_view root = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

std::string text_of(std::string_view origin, std::string_view size, std::string_view hash) {
  return std::string(origin) + "\n" + std::string(size) + "\n" + std::string(hash) + "\n";
}
ErrorCode refusal(const Result<Checkpoint>& outcome) { return outcome.error().code; }

VerifierKey log() { return example::key(example::log_vkey); }

std::string with_text(std::string_view note, std::string_view from, std::string_view to) {
  std::string text(note);
  return text.replace(text.find(from), from.size(), to);
}

TEST(Checkpoint, OfAnotherImplementationIsOpened) {
  const auto checkpoint = open_checkpoint(example::note(example::old_checkpoint), log());
  EXPECT_EQ(checkpoint->origin, example::origin);
  EXPECT_EQ(checkpoint->head.tree_size, 150U);
  EXPECT_EQ(to_base64(checkpoint->head.root_hash.view()),
            "PgEQLoc98AVL6vIJT++Ovl1BPbmUfCmd4BS9qOozGW0=");
}

TEST(Checkpoint, IsSignedAsByAnotherImplementation) {
  const SignedNote theirs = example::note(example::new_checkpoint);
  const std::array keys = {example::log_key()};
  const SignedNote ours = sign_checkpoint(*Checkpoint::parse(theirs.text), keys);
  EXPECT_EQ(ours.text, theirs.text);
  ASSERT_EQ(ours.signatures.size(), 1U);
  EXPECT_EQ(ours.signatures[0], theirs.signatures[0]);
}

TEST(Checkpoint, CarriesASignatureOfEachKey) {
  const std::array keys = {
      example::log_key(),
      SigningKey(std::string(example::origin), KeyType::ed25519, SecretKey(std::string(32, 'n')))};
  const Checkpoint checkpoint{std::string(example::origin), {}};
  const SignedNote note = sign_checkpoint(checkpoint, keys);
  for (const SigningKey& key : keys) EXPECT_EQ(*open_checkpoint(note, key.verifier()), checkpoint);
}

TEST(Checkpoint, IsPrintedAsItWasRead) {
  for (const std::string& text :
       {text_of("a", "0", root), text_of("a b+c", "9223372036854775807", root)}) {
    EXPECT_EQ(Checkpoint::parse(text)->text(), text);
  }
}

TEST(Checkpoint, IsRefusedInAnyOtherForm) {
  const std::string good = text_of("a", "1", root);
  for (const std::string& bad :
       {std::string(), std::string("a\n1"), "a\n1\n" + std::string(root), good + "extension\n",
        good + "\n", good.substr(0, good.size() - 1), "\n" + good, text_of("", "1", root),
        text_of("a\r", "1", root), text_of("\xff", "1", root), text_of("a", "01", root),
        text_of("a", "", root), text_of("a", "-1", root), text_of("a", "9223372036854775808", root),
        text_of("a", "1", ""), text_of("a", "1", root.substr(4)),
        text_of("a", "1", std::string(root) + "AAAA"),
        text_of("a", "1", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=")}) {
    const auto outcome = Checkpoint::parse(bad);
    ASSERT_FALSE(outcome) << bad;
    EXPECT_EQ(outcome.error().code, ErrorCode::invalid_argument);
  }
}

TEST(Checkpoint, ThatWasChangedIsCorrupt) {
  const auto changed = example::note(with_text(example::new_checkpoint, "300", "301"));
  EXPECT_EQ(refusal(open_checkpoint(changed, log())), ErrorCode::corrupt);
}

TEST(Checkpoint, WithoutTheLogsSignatureIsRefused) {
  SignedNote note = example::note(example::new_checkpoint);
  note.signatures.erase(note.signatures.begin());
  EXPECT_EQ(refusal(open_checkpoint(note, log())), ErrorCode::invalid_argument);
}

TEST(Checkpoint, OfAnotherOriginIsRefusedThoughTheKeySignedIt) {
  SignedNote note{text_of("ledger.example.gov/town-2", "1", root), {}};
  note.signatures.push_back({log().name, log().id(), example::log_key().sign(note.text)});
  EXPECT_EQ(refusal(open_checkpoint(note, log())), ErrorCode::invalid_argument);
}

TEST(Checkpoint, WithExtensionLinesIsRefusedThoughTheKeySignedIt) {
  SignedNote note{text_of(example::origin, "1", root) + "extension\n", {}};
  note.signatures.push_back({log().name, log().id(), example::log_key().sign(note.text)});
  EXPECT_EQ(refusal(open_checkpoint(note, log())), ErrorCode::invalid_argument);
}

TEST(CheckpointDeathTest, IsNotSignedInAnotherLogsName) {
  const std::array keys = {example::log_key()};
  EXPECT_DEATH(sign_checkpoint({"another", {}}, keys), "another log's key");
}

TEST(CheckpointDeathTest, IsNotSignedWithAWitnessesKey) {
  const std::array keys = {
      SigningKey("witness", KeyType::cosignature_v1, SecretKey(std::string(32, 'w')))};
  EXPECT_DEATH(sign_checkpoint({"witness", {}}, keys), "a witness's key");
}

}  // namespace
}  // namespace liggare::merkle
