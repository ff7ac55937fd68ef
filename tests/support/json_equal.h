// Whether two JSON texts mean the same, key order aside.
#pragma once

#include <simdjson.h>

#include <string>

namespace liggare::test {

// Empty when equal; else the path of the first difference with both values.
std::string json_difference(simdjson::dom::element expected, simdjson::dom::element actual,
                            const std::string& path = "$");

}  // namespace liggare::test
