#include "tests/support/judged_twice.h"

#include "base/assertion.h"

namespace liggare::test {

Result<domain::Accepted, domain::Rejection> decide_twice(const domain::JudgedStream& stream,
                                                         const domain::RecordedEvent& draft,
                                                         const domain::World& world) {
  auto kept = domain::decide(stream, draft, world);
  const auto anew = domain::decide(domain::JudgedStream(stream.events()), draft, world);
  LIGGARE_ASSERT(kept.has_value() == anew.has_value(), "the same verdict");
  if (kept) {
    LIGGARE_ASSERT(*kept->event == *anew->event, "the same event");
  } else {
    LIGGARE_ASSERT(kept.error() == anew.error(), "the same rejection");
  }
  return kept;
}

}  // namespace liggare::test
