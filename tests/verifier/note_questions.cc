// Keys, notes, checkpoints, cosignatures and proof files: signed rightly, signed though wrong, and
// damaged after they were signed.
#include <optional>

#include "base/bytes.h"
#include "merkle/checkpoint.h"
#include "merkle/cosignature.h"
#include "merkle/proof.h"
#include "merkle/proof_file.h"
#include "tests/merkle/reference_tree.h"
#include "tests/verifier/mutation.h"
#include "tests/verifier/question.h"

namespace liggare::test {
namespace {

using merkle::KeyType;
using merkle::NoteSignature;
using merkle::SignedNote;
using merkle::SigningKey;

SigningKey key_named(const std::string& name, KeyType type, std::size_t seed) {
  return SigningKey(name, type, SecretKey(sha256({"seed", std::to_string(seed)}).view()));
}

std::string random_name(Chance& chance) {
  return chance.pick(std::vector<std::string>{"ledger.example.org/town", "witness.example/w1", "a",
                                              "kommun.example/\xc3\xa5\xc3\xa4", "x/y-z_0",
                                              "\xe2\x80\x94", "liggare.example/\x7f"});
}

NoteSignature signature_of(const SigningKey& key, std::string_view text) {
  return {key.verifier().name, key.verifier().id(), key.sign(text)};
}

// What a log or somebody with its key could sign.
std::string random_text(const std::string& origin, Chance& chance) {
  const merkle::Checkpoint checkpoint{origin, {random_size(chance), random_hash(chance)}};
  const std::string text = checkpoint.text();
  const std::size_t kind = chance.below(100);
  if (kind < 75) return text;
  if (kind < 80) return text + "an extension\n";
  if (kind < 85) return "a text of its own\n\nwith an empty line\n";
  if (kind < 90) return merkle::Checkpoint{random_name(chance), checkpoint.head}.text();
  return mutated(text, chance);
}

struct Asked {
  std::string note;
  std::string log_key;
  std::string witness_key;
};

// Signed rightly, at 2^63 seconds or later, which no cosignature may say.
void cosign_out_of_time(SignedNote& note, const SigningKey& witness, Chance& chance) {
  const std::uint64_t seconds = (std::uint64_t{1} << 63U) + random_size(chance);
  NoteSignature signature{witness.verifier().name, witness.verifier().id(), ""};
  put_u64(signature.bytes, seconds);
  signature.bytes += witness.sign(merkle::cosignature_message(seconds, note.text));
  note.signatures.push_back(std::move(signature));
}

void cosign(SignedNote& note, const SigningKey& witness, Chance& chance) {
  if (chance.percent(5)) return cosign_out_of_time(note, witness, chance);
  const std::uint64_t seconds = chance.percent(50) ? 1'767'225'600 : random_size(chance);
  note.signatures.push_back(merkle::cosign(note.text, witness, seconds));
  if (chance.percent(15)) {
    std::string& bytes = note.signatures.back().bytes;
    bytes = chance.percent(50) ? with_flipped_bit(bytes, chance)
                               : bytes.substr(0, chance.below(bytes.size() - 1) + 1);
  }
}

Asked random_note(Chance& chance) {
  const SigningKey log = key_named(random_name(chance), KeyType::ed25519, chance.below(5));
  const SigningKey witness = key_named(random_name(chance), KeyType::cosignature_v1, 5);
  SignedNote note{random_text(log.verifier().name, chance), {}};
  if (chance.percent(90)) note.signatures.push_back(signature_of(log, note.text));
  // Unknown: of the log's name, but another key; nobody may mind it.
  if (chance.percent(20)) {
    const auto stranger = key_named(log.verifier().name, KeyType::ed25519, 6);
    note.signatures.push_back(signature_of(stranger, "another text"));
  }
  const std::size_t cosignatures = chance.below(3);
  for (std::size_t i = 0; i < cosignatures; ++i) cosign(note, witness, chance);
  if (chance.percent(5)) note.signatures.push_back(signature_of(log, "another text"));
  if (chance.percent(2))
    note.signatures.insert(note.signatures.end(), chance.below(200), signature_of(log, note.text));
  std::string printed = note.print();
  if (chance.percent(35)) printed = mutated(std::move(printed), chance);
  return {printed, log.verifier().text(), witness.verifier().text()};
}

Json given(const std::string& note, const std::string& key) {
  return Json::object().add("note", bytes_json(note)).add("key", bytes_json(key));
}

Result<std::string> answer_signed(const std::string& note, const std::string& key) {
  LIGGARE_TRY(const auto verifier, merkle::VerifierKey::parse(key));
  LIGGARE_TRY(const auto parsed, SignedNote::parse(note));
  LIGGARE_TRY(const bool is_signed, merkle::is_signed_by(parsed, verifier));
  return to_base64(parsed.text) + " " + std::to_string(parsed.signatures.size()) +
         (is_signed ? " signed" : " unsigned");
}

Result<std::string> answer_checkpoint(const std::string& note, const std::string& key) {
  LIGGARE_TRY(const auto verifier, merkle::VerifierKey::parse(key));
  LIGGARE_TRY(const auto parsed, SignedNote::parse(note));
  LIGGARE_TRY(const auto checkpoint, merkle::open_checkpoint(parsed, verifier));
  return std::to_string(checkpoint.head.tree_size) + " " + to_hex(checkpoint.head.root_hash.view());
}

Result<std::string> answer_cosigned(const std::string& note, const std::string& key) {
  LIGGARE_TRY(const auto verifier, merkle::VerifierKey::parse(key));
  LIGGARE_TRY(const auto parsed, SignedNote::parse(note));
  LIGGARE_TRY(const auto seconds, merkle::cosigned_at(parsed, verifier));
  return seconds ? std::to_string(*seconds) : std::string("never");
}

Question ask_note(Chance& chance) {
  const Asked asked = random_note(chance);
  switch (chance.below(8)) {
    case 0:
    case 1:
      return {"note", given(asked.note, asked.log_key), answer_signed(asked.note, asked.log_key)};
    case 2:
    case 3:
    case 4:
      return {"checkpoint", given(asked.note, asked.log_key),
              answer_checkpoint(asked.note, asked.log_key)};
    case 5:
      return {"checkpoint", given(asked.note, asked.witness_key),
              answer_checkpoint(asked.note, asked.witness_key)};
    default:
      return {"cosignature", given(asked.note, asked.witness_key),
              answer_cosigned(asked.note, asked.witness_key)};
  }
}

Question ask_key(Chance& chance) {
  const KeyType type = chance.percent(50) ? KeyType::ed25519 : KeyType::cosignature_v1;
  std::string text = key_named(random_name(chance), type, chance.below(99)).verifier().text();
  if (chance.percent(60)) text = mutated(std::move(text), chance);
  Question question{"key"};
  question.given.add("key", bytes_json(text));
  const auto key = merkle::VerifierKey::parse(text);
  if (!key) {
    question.answer = Unexpected{key.error()};
    return question;
  }
  const std::string bytes(key->public_key.begin(), key->public_key.end());
  question.answer = std::to_string(static_cast<unsigned>(key->type)) + " " + to_hex(bytes);
  return question;
}

struct Taken {
  std::string proof;
  std::string leaf;
  std::string key;
};

Result<std::string> answer_proof(const Taken& taken) {
  LIGGARE_TRY(const auto key, merkle::VerifierKey::parse(taken.key));
  LIGGARE_TRY(const auto proof, merkle::ProofFile::parse(taken.proof));
  LIGGARE_TRY(const auto checkpoint, merkle::open_checkpoint(proof.checkpoint, key));
  LIGGARE_CHECK(merkle::verify_inclusion({proof.index, checkpoint.head.tree_size, proof.path},
                                         merkle::leaf_hash(taken.leaf), checkpoint.head.root_hash));
  return std::to_string(proof.index) + " of " + std::to_string(checkpoint.head.tree_size) + " " +
         to_hex(checkpoint.head.root_hash.view()) + " " +
         (proof.extra ? "extra " + to_base64(*proof.extra) : "plain");
}

Question ask_proof(Chance& chance) {
  const SigningKey log = key_named(random_name(chance), KeyType::ed25519, chance.below(5));
  const std::uint64_t size = random_size(chance) + 1;
  const std::uint64_t index = chance.below(size);
  const auto tree = merkle::ReferenceTree::with_one_odd_leaf(index);
  merkle::ProofFile proof;
  if (chance.percent(25))
    proof.extra = std::string(random_hash(chance).view()).substr(chance.below(33));
  proof.index = index;
  proof.path = tree.path(index, size);
  const merkle::Checkpoint checkpoint{log.verifier().name, {size, tree.root(size)}};
  proof.checkpoint = merkle::sign_checkpoint(checkpoint, {&log, 1});
  Taken taken{proof.print(), "odd", log.verifier().text()};
  if (chance.percent(60)) taken.proof = mutated(std::move(taken.proof), chance);
  if (chance.percent(5)) taken.leaf = mutated(std::move(taken.leaf), chance);
  Question question{"proof"};
  question.given.add("proof", bytes_json(taken.proof))
      .add("leaf", bytes_json(taken.leaf))
      .add("key", bytes_json(taken.key));
  question.answer = answer_proof(taken);
  return question;
}

}  // namespace

Question ask_about_notes(Chance& chance) {
  const std::size_t kind = chance.below(100);
  if (kind < 55) return ask_note(chance);
  if (kind < 70) return ask_key(chance);
  return ask_proof(chance);
}

}  // namespace liggare::test
