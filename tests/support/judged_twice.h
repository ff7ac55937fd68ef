// The rules asked twice: on what is kept of the stream's story, and on its events alone.
#pragma once

#include "domain/decide.h"

namespace liggare::test {

// As domain::decide(); both ways must give the same, else the process ends.
Result<domain::Accepted, domain::Rejection> decide_twice(const domain::JudgedStream& stream,
                                                         const domain::RecordedEvent& draft,
                                                         const domain::World& world);

}  // namespace liggare::test
