#include "tests/witness/sample_log.h"

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "merkle/cosignature.h"

namespace liggare::witness {

merkle::SigningKey log_key(const std::string& origin, char seed) {
  return {origin, merkle::KeyType::ed25519, SecretKey(std::string(key_bytes, seed))};
}

merkle::SigningKey witness_key(char seed) {
  return {"witness.example.org/w1", merkle::KeyType::cosignature_v1,
          SecretKey(std::string(key_bytes, seed))};
}

merkle::SignedNote SampleLog::checkpoint(std::uint64_t size) const {
  const merkle::Checkpoint head{key_.verifier().name, {size, tree_.root(size)}};
  return merkle::sign_checkpoint(head, {&key_, 1});
}

std::vector<Hash> SampleLog::proof(std::uint64_t old_size, std::uint64_t size) const {
  if (old_size == 0 || old_size >= size) return {};
  return tree_.proof(old_size, size);
}

std::string SampleLog::submission(std::uint64_t old_size, std::uint64_t size) const {
  return print_submission(old_size, proof(old_size, size), checkpoint(size));
}

CosignatureRequest SampleLog::request(std::uint64_t old_size, std::uint64_t size) const {
  const auto prove = [this, size](std::uint64_t from) -> Result<merkle::ConsistencyProof> {
    return merkle::ConsistencyProof{from, size, proof(from, size)};
  };
  return {checkpoint(size), old_size, prove, {std::chrono::seconds(5), {}}};
}

WitnessScene::WitnessScene() {
  const auto begun = Witness::begin(folder(), {town});
  EXPECT_TRUE(begun) << begun.error().message;
  restarted();
}

WitnessScene& WitnessScene::given(std::uint64_t size) {
  EXPECT_EQ(when_sent(size_held(), size).status, 200);
  return *this;
}

WitnessScene& WitnessScene::restarted() {
  stop();
  auto witness = Witness::open(options(), clock_);
  EXPECT_TRUE(witness) << witness.error().message;
  witness_ = std::move(*witness);
  return *this;
}

std::uint64_t WitnessScene::size_held() {
  // A size that no test has cosigned.
  const Reply reply = when_sent(997, 997);
  EXPECT_EQ(reply.status, 409) << reply.body;
  return parse_size(reply.body).value();
}

WitnessOptions WitnessScene::options() const {
  return {folder(), witness_key(), {log_key().verifier()}};
}

std::filesystem::path WitnessScene::state_file() const {
  return folder() / to_hex(sha256({town}).view());
}

bool is_cosigned(const Reply& reply, const merkle::SignedNote& note) {
  if (reply.status != 200) return false;
  const auto signature = merkle::NoteSignature::parse(reply.body);
  if (!signature) return false;
  const auto time = merkle::cosigned_at({note.text, {*signature}}, witness_key().verifier());
  return time && time->has_value();
}

}  // namespace liggare::witness
