// Ids that liggare makes of hashes.
#pragma once

#include <string>
#include <string_view>

namespace liggare::domain {

// `prefix` ‖ `hex`. One in some thousands would hold ten or twelve digits that look like a person's
// number, which no id may: then the digits of `hex` are written g…p, so that it never does.
std::string hash_name(std::string_view prefix, std::string_view hex);

}  // namespace liggare::domain
