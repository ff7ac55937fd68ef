#include "tests/support/judged_twice.h"

#include "base/assertion.h"
#include "domain/packed_story.h"

namespace liggare::test {

Result<domain::Accepted, domain::Rejection> decide_twice(const domain::JudgedStream& stream,
                                                         const domain::RecordedEvent& draft,
                                                         const domain::World& world) {
  auto anew = domain::decide(domain::JudgedStream(stream.events()), draft, world);
  domain::JudgedStream kept = stream;
  if (stream.facts_before(draft.event) != nullptr) {
    const std::string packed = domain::pack(*stream.story());
    kept = domain::JudgedStream(stream.version(), domain::unpack(packed));
    LIGGARE_ASSERT(domain::pack(*kept.story()) == packed, "the same story");
  }
  auto by_facts = domain::decide(kept, draft, world);
  LIGGARE_ASSERT(by_facts.has_value() == anew.has_value(), "the same verdict");
  if (by_facts) {
    LIGGARE_ASSERT(*by_facts->event == *anew->event, "the same event");
  } else {
    LIGGARE_ASSERT(by_facts.error() == anew.error(), "the same rejection");
  }
  return by_facts;
}

}  // namespace liggare::test
