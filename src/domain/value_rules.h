// Values that are wrong in the light of another value of the same data (contract P3 and P4).
#pragma once

#include <optional>
#include <string>

#include "domain/payload.h"

namespace liggare::domain {

// The path of the first such value under the data, such as ".scores[2].score"; none when all is
// well.
std::optional<std::string> invalid_value(const Payload& data);

}  // namespace liggare::domain
