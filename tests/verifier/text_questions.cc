// The small readers that all others lean on: base64, decimals, lists of hashes, SHA256SUMS.
#include "audit/bundle_format.h"
#include "base/bytes.h"
#include "merkle/plain_text.h"
#include "merkle/proof_file.h"
#include "tests/verifier/mutation.h"
#include "tests/verifier/question.h"

namespace liggare::test {
namespace {

Question about(std::string_view operation, std::string_view text) {
  Question question{operation};
  question.given.add("text", bytes_json(text));
  return question;
}

Question ask_base64(Chance& chance) {
  std::string text = to_base64(random_hash(chance).view().substr(0, chance.below(33)));
  if (chance.percent(60)) text = mutated(std::move(text), chance);
  Question question = about("base64", text);
  const auto bytes = from_base64(text);
  question.answer = bytes ? Result<std::string>(to_hex(*bytes)) : Unexpected{bytes.error()};
  return question;
}

Question ask_decimal(Chance& chance) {
  std::uint64_t number = random_size(chance);
  if (chance.percent(30)) number = mutated(number, chance);
  std::string text = std::to_string(number);
  if (chance.percent(50)) text = mutated(std::move(text), chance);
  Question question = about("decimal", text);
  const auto read = merkle::parse_decimal(text);
  question.answer = read ? Result<std::string>(std::to_string(*read)) : Unexpected{read.error()};
  return question;
}

Question ask_hashes(Chance& chance) {
  std::vector<Hash> hashes(chance.below(5));
  for (Hash& hash : hashes) hash = random_hash(chance);
  std::string text = merkle::print_hashes(hashes);
  if (chance.percent(60)) text = mutated(std::move(text), chance);
  Question question = about("hashes", text);
  const auto read = merkle::parse_hashes(text);
  if (!read) {
    question.answer = Unexpected{read.error()};
    return question;
  }
  std::string all;
  for (const Hash& hash : *read) all += to_hex(hash.view());
  question.answer = all;
  return question;
}

Question ask_sums(Chance& chance) {
  audit::Sums sums;
  const std::size_t count = chance.below(5);
  for (std::size_t i = 0; i < count; ++i) {
    sums.emplace(chance.pick(std::vector<std::string>{
                     "README.txt", "leaves/7.leaf", "leaves/12.leaf", "proofs/7.tlog-proof",
                     "checkpoint", "schema/event.capnp", "a/b/c", "SHA256SUMS", "..", "a/../b"}),
                 random_hash(chance));
  }
  std::string text = audit::print_sums(sums);
  if (chance.percent(40)) text = mutated(std::move(text), chance);
  Question question = about("sums", text);
  const auto read = audit::parse_sums(text);
  if (!read) {
    question.answer = Unexpected{read.error()};
    return question;
  }
  std::string all;
  for (const auto& [path, hash] : *read) all += path + " " + to_hex(hash.view()) + " ";
  question.answer = all;
  return question;
}

}  // namespace

Question ask_about_texts(Chance& chance) {
  switch (chance.below(4)) {
    case 0:
      return ask_base64(chance);
    case 1:
      return ask_decimal(chance);
    case 2:
      return ask_hashes(chance);
    default:
      return ask_sums(chance);
  }
}

}  // namespace liggare::test
