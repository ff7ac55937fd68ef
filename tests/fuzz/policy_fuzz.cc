#include "merkle/policy.h"
#include "tests/fuzz/targets.h"

namespace liggare::fuzz {

// A policy has no writer: it may hold comments. But more cosignatures never make it fail.
void policy(std::string_view input) {
  const auto read = merkle::Policy::parse(input);
  if (!read) return;
  std::set<std::string, std::less<>> cosigned;
  bool is_met = read->is_met_by(cosigned);
  LIGGARE_ASSERT(is_met == (read->quorum() == "none"), "a quorum without witnesses");
  for (const merkle::Witness& witness : read->witnesses()) {
    cosigned.insert(witness.name);
    const bool was_met = is_met;
    is_met = read->is_met_by(cosigned);
    LIGGARE_ASSERT(is_met || !was_met, "a quorum that a witness undoes");
  }
  LIGGARE_ASSERT(is_met, "a quorum that all witnesses do not make");
}

}  // namespace liggare::fuzz
