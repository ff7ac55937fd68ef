#include "tests/fuzz/targets.h"
#include "witness/submission.h"

namespace liggare::fuzz {

void submission(std::string_view input) {
  if (const auto size = witness::parse_size(input)) {
    LIGGARE_ASSERT(witness::print_size(*size) == input, "a size that has two texts");
  }
  const auto read = witness::Submission::parse(input);
  if (!read) return;
  LIGGARE_ASSERT(witness::print_submission(read->old_size, read->path, read->note) == input,
                 "a submission that has two texts");
  LIGGARE_ASSERT(read->path.size() <= witness::proof_hashes_max, "a proof beyond the limit");
}

}  // namespace liggare::fuzz
