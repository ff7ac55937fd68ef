#include "tests/verifier/question.h"

#include "base/assertion.h"
#include "base/bytes.h"

namespace liggare::test {
namespace {

std::string_view verdict_of(const Result<std::string>& answer) {
  if (answer) return "accepted";
  if (answer.error().code == ErrorCode::corrupt) return "corrupt";
  LIGGARE_ASSERT(answer.error().code == ErrorCode::invalid_argument, "a refusal of another kind");
  return "malformed";
}

}  // namespace

std::string line_of(const Question& question) {
  Json json = Json::object();
  json.add("operation", question.operation)
      .add("given", question.given)
      .add("verdict", verdict_of(question.answer));
  if (question.answer) json.add("value", *question.answer);
  return json.text() + "\n";
}

Json bytes_json(std::string_view bytes) { return to_base64(bytes); }
Json hash_json(const Hash& hash) { return to_hex(hash.view()); }
Json hashes_json(const std::vector<Hash>& hashes) {
  Json list = Json::array();
  for (const Hash& hash : hashes) list.push(hash_json(hash));
  return list;
}
Json number_json(std::uint64_t number) { return std::to_string(number); }

}  // namespace liggare::test
