// Policies of random logs, witnesses and groups, and who may have cosigned.
#include <algorithm>
#include <set>

#include "merkle/policy.h"
#include "tests/verifier/mutation.h"
#include "tests/verifier/question.h"

namespace liggare::test {
namespace {

std::string random_key(merkle::KeyType type, Chance& chance) {
  const std::string number = std::to_string(chance.below(40));
  return merkle::SigningKey("name" + number, type, SecretKey(sha256({number}).view()))
      .verifier()
      .text();
}

// Lines of a policy, with the names that they define and that stand in no group yet.
struct Draft {
  std::vector<std::string> lines;
  std::vector<std::string> free;
  std::vector<std::string> witnesses;
};

void add_witnesses(Draft& draft, Chance& chance) {
  const std::size_t count = chance.below(6);
  for (std::size_t i = 0; i < count; ++i) {
    std::string name = "w" + std::to_string(i);
    if (chance.percent(10)) name += "\xff";
    const std::string url = chance.percent(20) ? " https://witness.example/" : "";
    draft.lines.push_back("witness " + name + " " +
                          random_key(merkle::KeyType::cosignature_v1, chance) + url);
    draft.free.push_back(name);
    draft.witnesses.push_back(name);
  }
}

void add_groups(Draft& draft, Chance& chance) {
  const std::size_t count = chance.below(4);
  for (std::size_t i = 0; i < count && !draft.free.empty(); ++i) {
    const std::size_t members = chance.below(draft.free.size()) + 1;
    const std::string name = "g" + std::to_string(i);
    std::string line = "group " + name + " " +
                       chance.pick(std::vector<std::string>{
                           "all", "any", std::to_string(chance.below(members + 1) + 1)});
    for (std::size_t j = 0; j < members; ++j) {
      const std::size_t at = chance.below(draft.free.size());
      line += " " + draft.free[at];
      // Now and then a member of two groups, which no policy may have.
      if (!chance.percent(4)) {
        draft.free.erase(draft.free.begin() + static_cast<std::ptrdiff_t>(at));
      }
    }
    draft.lines.push_back(line);
    draft.free.push_back(name);
  }
}

std::string blank(Chance& chance) {
  return chance.percent(90) ? "" : chance.pick(std::vector<std::string>{" ", "\t", "  ", "# "});
}

std::string random_policy(Draft& draft, Chance& chance) {
  const std::size_t logs = chance.below(3);
  for (std::size_t i = 0; i < logs; ++i) {
    draft.lines.push_back("log " + random_key(merkle::KeyType::ed25519, chance) +
                          (chance.percent(20) ? " https://log.example/" : ""));
  }
  add_witnesses(draft, chance);
  add_groups(draft, chance);
  draft.lines.push_back(
      "quorum " + (draft.free.empty() || chance.percent(15) ? "none" : chance.pick(draft.free)));
  if (chance.percent(20)) draft.lines.push_back("# a comment, \xc3\xa5");
  if (chance.percent(15))
    std::swap(draft.lines.front(), draft.lines[chance.below(draft.lines.size())]);
  std::string text;
  for (const std::string& line : draft.lines) text += blank(chance) + line + blank(chance) + "\n";
  return chance.percent(40) ? mutated(std::move(text), chance) : text;
}

}  // namespace

Question ask_about_policies(Chance& chance) {
  Draft draft;
  const std::string text = random_policy(draft, chance);
  std::set<std::string, std::less<>> cosigned;
  Json names = Json::array();
  for (const std::string& witness : draft.witnesses) {
    if (chance.percent(50)) continue;
    cosigned.insert(witness);
    names.push(bytes_json(witness));
  }
  Question question{"policy"};
  question.given.add("policy", bytes_json(text)).add("cosigned", std::move(names));
  const auto policy = merkle::Policy::parse(text);
  if (!policy) {
    question.answer = Unexpected{policy.error()};
    return question;
  }
  question.answer = std::to_string(policy->logs().size()) + " logs " +
                    std::to_string(policy->witnesses().size()) + " witnesses " +
                    (policy->is_met_by(cosigned) ? "met" : "not met");
  return question;
}

}  // namespace liggare::test
