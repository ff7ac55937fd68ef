#include "audit/completeness.h"
#include "tests/fuzz/targets.h"

namespace liggare::fuzz {

void completeness(std::string_view input) {
  const auto read = audit::Completeness::parse(input);
  if (!read) return;
  LIGGARE_ASSERT(read->print() == input, "a completeness that has two texts");
  LIGGARE_ASSERT(!audit::verify(*read, Hash{}), "a directory that nobody made");
}

}  // namespace liggare::fuzz
