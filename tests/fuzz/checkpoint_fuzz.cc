#include "merkle/checkpoint.h"
#include "tests/fuzz/targets.h"

namespace liggare::fuzz {

void checkpoint(std::string_view input) {
  const auto read = merkle::Checkpoint::parse(input);
  if (read) LIGGARE_ASSERT(read->text() == input, "a checkpoint that has two texts");
}

}  // namespace liggare::fuzz
