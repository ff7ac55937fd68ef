#include "audit/disclosed.h"
#include "tests/fuzz/targets.h"

namespace liggare::fuzz {

void disclosed(std::string_view input) {
  const auto read = audit::parse_disclosed(input);
  if (!read) return;
  LIGGARE_ASSERT(!read->empty(), "a disclosure of nothing");
  LIGGARE_ASSERT(audit::print_disclosed(*read) == input, "a disclosure that has two texts");
}

}  // namespace liggare::fuzz
