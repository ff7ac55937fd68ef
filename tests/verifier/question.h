// A question that both verifiers answer, ours and the one in JavaScript, and our answer to it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "base/sha256.h"
#include "tests/support/chance.h"

namespace liggare::test {

struct Question {
  std::string_view operation;      // A function's name in answers.mjs.
  Json given = Json::object();     // Its members are texts; what may be no UTF-8 is in base64.
  Result<std::string> answer{""};  // What was read, so that both have to read the same.
};

// {"operation", "given", "verdict", "value"}
std::string line_of(const Question& question);

// Each draws one of its kind, about as many right as wrong.
Question ask_about_trees(Chance& chance);
Question ask_about_notes(Chance& chance);
Question ask_about_policies(Chance& chance);
Question ask_about_tiles(Chance& chance);
Question ask_about_directories(Chance& chance);
Question ask_about_texts(Chance& chance);

// For members of `given`.
Json bytes_json(std::string_view bytes);
Json hash_json(const Hash& hash);
Json hashes_json(const std::vector<Hash>& hashes);
Json number_json(std::uint64_t number);

}  // namespace liggare::test
