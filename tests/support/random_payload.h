// Draws the data of an event of any type, field by field as they are described (domain/field.h),
// so that a new type or field is drawn without being told of here.
//
// What is drawn is well-formed: a client may send it. Whether it makes sense is for the rules.
#pragma once

#include "tests/support/known_ids.h"

namespace liggare::test {

struct PayloadSetting {
  const domain::Subject& subject;
  domain::EventType type;
  Day around = Day::first();  // Days in the data lie around it.
};

domain::Payload random_payload(Chance& chance, const KnownIds& known,
                               const PayloadSetting& setting);

// Data for a correction of `target`, most of whose fields stay as they are.
domain::Payload random_correction(Chance& chance, const KnownIds& known,
                                  const domain::RecordedEvent& target, Day around);

}  // namespace liggare::test
