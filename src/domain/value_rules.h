// Values that are wrong in the light of another value of the same data (contract P3 and P4), or out
// of a range that the contract leaves open.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "domain/payload.h"

namespace liggare::domain {

// A hundred years: a rule of retention that counts longer is a slip of the pen.
inline constexpr std::int64_t retention_months_max = 1200;

// The path of the first such value under the data, such as ".scores[2].score"; none when all is
// well.
std::optional<std::string> invalid_value(const Payload& data);

}  // namespace liggare::domain
