#include "merkle/proof_file.h"
#include "tests/fuzz/targets.h"

namespace liggare::fuzz {

void proof_file(std::string_view input) {
  const auto read = merkle::ProofFile::parse(input);
  if (read) LIGGARE_ASSERT(read->print() == input, "a proof file that has two texts");
  const auto hashes = merkle::parse_hashes(input);
  if (hashes) LIGGARE_ASSERT(merkle::print_hashes(*hashes) == input, "hashes that have two texts");
}

}  // namespace liggare::fuzz
